// The map: circles as wide as places are known, over coasts and borders; the list beside it follows the view.
const EARTH_KM = 6371.0088;
const CORNERS = 64;
const RING = 5; // pixels: a circle that is smaller is drawn as a ring of this radius
const KM_PER_PIXEL = 40075.017 / 512; // at zoom 0, at the equator
const ZOOMS = [...Array(17).keys()];

export default async function draw(element) {
  const { library, worker, world, spots, box } = element.dataset;
  const [gl, coasts, found] = await Promise.all([import(library), json(world), json(spots)]);
  gl.setWorkerUrl(new URL(worker, location.href).href);
  const data = { coasts: unbroken(coasts), ...circles(found) };
  const everything = boundsOf(data.wide.features);
  let map;
  try {
    element.replaceChildren();
    map = new gl.Map({
      container: element, style: style(data), bounds: box ? corners(box) : everything, maxZoom: ZOOMS.at(-1),
      fitBoundsOptions: { padding: box ? 0 : 30, maxZoom: 9 }, attributionControl: false, dragRotate: false,
      pitchWithRotate: false, touchPitch: false, fadeDuration: 0, trackResize: true,
    });
  } catch {
    element.textContent = "This browser cannot draw the map. The list holds the same incidents.";
    return;
  }
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.getCanvas().setAttribute("aria-label", "Map; arrows move it, plus and minus zoom. The list holds the same incidents.");
  const told = controls(element, map, everything);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => map.setStyle(style(data)));
  map.on("moveend", (event) => { if (event.originalEvent || event.asked) follow(map); });
  map.on("mousemove", "wide", (event) => { told.textContent = saying(event.features); });
  map.on("mousemove", "ring", (event) => { told.textContent = saying(event.features); });
  map.on("click", (event) => {
    const [nearest] = map.queryRenderedFeatures(event.point, { layers: ["ring", "wide"] })
      .sort((one, other) => one.properties.radius - other.properties.radius);
    if (!nearest) return;
    told.textContent = saying([nearest]);
    const { longitude, latitude, radius } = nearest.properties;
    const ring = circle(longitude, latitude, 2 * radius)[0];
    map.fitBounds([ring.reduce(least), ring.reduce(most)], { maxZoom: 11, animate: false }, { asked: true });
  });
  addEventListener("htmx:beforeSwap", function leave(event) {
    if (event.detail.target !== document.body) return;
    removeEventListener("htmx:beforeSwap", leave);
    map.remove();
  });
  map.once("idle", () => element.setAttribute("data-drawn", ""));
}

const json = async (address) => (await fetch(address)).json();
const least = (one, other) => [Math.min(one[0], other[0]), Math.min(one[1], other[1])];
const most = (one, other) => [Math.max(one[0], other[0]), Math.max(one[1], other[1])];

function corners(box) {
  const [west, south, east, north] = box.split(",").map(Number);
  return [[west, south], [east < west ? east + 360 : east, north]];
}

function boundsOf(wide) {
  const edges = wide.flatMap((each) => each.geometry.coordinates[0]);
  return edges.length ? [edges.reduce(least), edges.reduce(most)] : [[-130, -50], [150, 65]];
}

// The list and the address follow what is seen; the address can be sent to a colleague.
function follow(map) {
  const bounds = map.getBounds();
  const around = (degrees) => ((degrees + 540) % 360 + 360) % 360 - 180;
  const wide = bounds.getEast() - bounds.getWest() >= 360;
  const box = [wide ? -180 : around(bounds.getWest()), Math.max(bounds.getSouth(), -90),
    wide ? 180 : around(bounds.getEast()), Math.min(bounds.getNorth(), 90)];
  const address = new URL(location.href);
  address.searchParams.set("box", box.map((each) => each.toFixed(4)).join(","));
  history.replaceState(history.state, "", address);
  globalThis.htmx?.ajax("GET", address.pathname + address.search, { target: "#in-view", select: "#in-view", swap: "outerHTML" });
}

function controls(element, map, everything) {
  const bar = document.createElement("div");
  bar.className = "zooming";
  for (const [label, sign, act] of [
    ["Zoom in", "+", () => map.zoomIn({}, { asked: true })],
    ["Zoom out", "−", () => map.zoomOut({}, { asked: true })],
    ["Show all places", "all", () => map.fitBounds(everything, { padding: 30, maxZoom: 9 }, { asked: true })],
  ]) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = sign;
    button.setAttribute("aria-label", label);
    button.addEventListener("click", act);
    bar.append(button);
  }
  const told = document.createElement("p");
  told.className = "told";
  told.setAttribute("role", "status");
  element.append(bar, told);
  return told;
}

function saying(features) {
  return [...new Set(features.map(({ properties: { place, incidents, known } }) =>
    `${place ?? "a place"}: ${incidents} incident${incidents === 1 ? "" : "s"}, ${known < 0 ? "nobody knows how exactly" : `within ${Math.round(known)} km`}`))].slice(0, 3).join("; ");
}

// --- what is drawn ---------------------------------------------------------------------------------------

// The file's coasts jump from one edge of the world to the other; a map's go on beyond 180 degrees.
function unbroken(coasts) {
  for (const ring of coasts.features.find((each) => each.properties.kind === "land").geometry.coordinates.flat()) {
    let turns = 0, before = ring[0][0];
    for (const point of ring) {
      turns -= Math.round((point[0] - before) / 360);
      before = point[0];
      point[0] += 360 * turns;
    }
  }
  return coasts;
}

const feature = (type, coordinates, properties = {}) => ({ type: "Feature", properties, geometry: { type, coordinates } });
const collection = (features) => ({ type: "FeatureCollection", features });

// Each place as a circle on the ground, and as a ring that fades where the circle is large enough to be seen.
function circles(found) {
  const places = found.features.map(({ geometry, properties }) => {
    const [longitude, latitude] = geometry.coordinates;
    const radius = properties.radius_km || 1;
    const metres = RING * KM_PER_PIXEL * Math.cos(latitude * Math.PI / 180);
    return { ...properties, longitude, latitude, radius, known: properties.radius_km ?? -1, fades: Math.log2(metres / radius) };
  });
  return {
    wide: collection(places.map((each) => feature("Polygon", circle(each.longitude, each.latitude, each.radius), each))),
    middles: collection(places.map((each) => feature("Point", [each.longitude, each.latitude], each))),
  };
}

function circle(longitude, latitude, kilometres) {
  const radians = Math.PI / 180, reach = kilometres / EARTH_KM, north = latitude * radians;
  const corner = (_, number) => {
    const turn = 2 * Math.PI * number / CORNERS;
    const up = Math.asin(Math.sin(north) * Math.cos(reach) + Math.cos(north) * Math.sin(reach) * Math.cos(turn));
    const along = Math.atan2(Math.sin(turn) * Math.sin(reach) * Math.cos(north), Math.cos(reach) - Math.sin(north) * Math.sin(up));
    return [longitude + along / radians, up / radians];
  };
  const ring = Array.from({ length: CORNERS }, corner);
  return [[...ring, ring[0]]];
}

function style(data) {
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  const sources = Object.fromEntries(Object.entries(data).map(([name, held]) => [name, { type: "geojson", data: held, maxzoom: ZOOMS.at(-1) }]));
  const byZoom = (size) => ["interpolate", ["linear"], ["zoom"], ...ZOOMS.flatMap((zoom) => [zoom, ["case", [">", ["get", "fades"], zoom], size, 0]])];
  return {
    version: 8,
    sources,
    layers: [
      { id: "sea", type: "background", paint: { "background-color": colour("sea") } },
      { id: "land", type: "fill", source: "coasts", filter: ["==", ["get", "kind"], "land"], paint: { "fill-color": colour("raised"), "fill-outline-color": colour("line") } },
      { id: "borders", type: "line", source: "coasts", filter: ["==", ["get", "kind"], "borders"], paint: { "line-color": colour("edge"), "line-width": 0.8, "line-dasharray": [3, 2] } },
      { id: "wide", type: "fill", source: "wide", paint: { "fill-color": colour("killed"), "fill-opacity": ["case", [">", ["get", "radius"], 75], 0.06, 0.16] } },
      { id: "edge", type: "line", source: "wide", paint: { "line-color": colour("killed"), "line-width": 1.2 } },
      { id: "ring", type: "circle", source: "middles", paint: { "circle-radius": byZoom(RING), "circle-opacity": 0, "circle-stroke-color": colour("killed"), "circle-stroke-width": byZoom(1.8) } },
      {
        id: "names", type: "symbol", source: "middles",
        layout: {
          "text-field": ["concat", ["coalesce", ["get", "place"], ""], ["case", [">", ["get", "incidents"], 1], ["concat", "  ", ["to-string", ["get", "incidents"]]], ""]],
          "text-font": ["sans-serif"], "text-size": 13, "text-anchor": "top", "text-offset": [0, 0.7],
          "symbol-sort-key": ["-", 0, ["get", "incidents"]],
        },
        paint: { "text-color": colour("ink"), "text-halo-color": colour("raised"), "text-halo-width": 1.5 },
      },
    ],
  };
}
