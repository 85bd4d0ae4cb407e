"""The command line as people and scripts call it: in this process, and as the installed program."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from portal.cli import main

ROOT = Path(__file__).resolve().parents[2]
CONFIG = ROOT / "config"
EXAMPLE = CONFIG / "examples" / "sensor-node.zip"
PROGRAM = Path(sys.executable).with_name("portal")


def call(*words: object, **environment: object) -> Result:
    """Run in this process. A fault of ours is raised here, with its traceback."""
    env = {f"PORTAL_{name.upper()}": str(value) for name, value in environment.items()}
    done = CliRunner().invoke(main, [str(word) for word in words], env=env)
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


def asked(*words: object, **environment: object) -> dict[str, Any]:
    """The one JSON object on stdout of a call that went well."""
    done = call(*words, "--json", **environment)
    assert (done.exit_code, done.stderr) == (0, "")
    return json.loads(done.stdout)


def refused(*words: object, **environment: object) -> str:
    """The sentence of a call that was refused: the same in words on stderr, and as a stop finding in JSON."""
    in_words, in_json = call(*words, **environment), call(*words, "--json", **environment)
    said = json.loads(in_json.stdout)
    assert (in_words.exit_code, in_json.exit_code, in_words.stdout, in_json.stderr) == (2, 2, "", "")
    assert [finding["severity"] for finding in said["findings"]] == ["stop"]
    assert said["error"] in in_words.stderr.replace("\n", "; ")  # people read every fault in a row of its own
    return said["error"]


def run(*words: object, folder: Path = ROOT, **environment: object) -> subprocess.CompletedProcess[str]:
    """The installed program, with an environment in which nothing else of the portal is set."""
    env = {"PATH": os.environ["PATH"]} | {f"PORTAL_{name.upper()}": str(value) for name, value in environment.items()}
    command = [str(PROGRAM), *map(str, words)]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
