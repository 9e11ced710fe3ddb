"""Session: a way to Spark, and one clear line where there is none."""

from __future__ import annotations

import os
import shutil
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from typing import TYPE_CHECKING

from cairn.errors import InputError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_LOGGING = files("cairn.engine") / "log4j2.properties"
"""Keeps Spark from talking into what a command prints."""


@contextmanager
def open_session(master: str) -> Iterator[SparkSession]:
    """Open a way to Spark; it is closed with the context.

    Args:
        master: of Spark: "spark://host:7077", "yarn", or "local-cluster[2,1,1024]" for two executors here.

    Raises:
        InputError: there is no Java or no pyspark, or Spark cannot be reached.
    """
    session = _start(master)
    try:
        yield session
    finally:
        session.stop()


@contextmanager
def spark_at_work() -> Iterator[None]:
    """Tell in one line that Spark gave up.

    Raises:
        InputError: instead of what Spark, or the bridge to it, raises.
    """
    from pyspark.errors import PySparkException

    try:
        yield
    except (PySparkException, OSError) as error:
        raise _gave_up(error) from error
    except Exception as error:
        if type(error).__module__.startswith("py4j"):
            raise _gave_up(error) from error
        raise


def _start(master: str) -> SparkSession:
    home = os.environ.get("JAVA_HOME")
    if not (shutil.which(os.path.join(home, "bin", "java")) if home else shutil.which("java")):
        raise InputError(
            "Spark needs Java 17 or newer, and none was found; install it (on Debian and Ubuntu: apt install "
            "openjdk-17-jre-headless), or say where it is with JAVA_HOME"
        )
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise InputError("Spark needs pyspark; install it with pip install 'cairn-ledger[spark]'") from error
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    # It warns of versions of pandas, which nothing here uses.
    warnings.filterwarnings("ignore", category=FutureWarning, module="pyspark")
    try:
        return (
            SparkSession.builder.master(master)
            .appName("cairn")
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
            .config("spark.driver.extraJavaOptions", f"-Dlog4j2.configurationFile={_LOGGING}")
            .getOrCreate()
        )
    except Exception as error:  # Java's errors come as whatever the bridge makes of them
        raise InputError(f"Spark cannot be started at {master} ({_first_line(error)})") from error


def _gave_up(error: Exception) -> InputError:
    return InputError(f"Spark gave up ({_first_line(error)}); mend that and run the same command again")


def _first_line(error: Exception) -> str:
    return next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)
