#!/bin/sh
# The peers that we are measured against, each in a place of its own under build/peers; nothing of them is a
# dependency. gerbv comes from the distribution: apt-get install gerbv libgerbv-dev (Debian: libgerbv1 is enough).
#   sh benchmarks/peers/set_up.sh
set -eu
CDPATH='' cd -- "$(dirname -- "$0")/../.."
here=build/peers
mkdir -p "$here"

# gerbonara 1.6 needs Python 3.12; on 3.11 pip takes 1.5, which the report then says.
python3 -m venv "$here/python"
"$here/python/bin/pip" install --quiet gerbonara klayout

# tracespace v4: the parser and plotter that pcb-stackup 4 is made of
npm install --silent --no-audit --no-fund --prefix "$here/node" gerber-parser@4.2.7 gerber-plotter@4.2.7

command -v gerbv >/dev/null || echo "gerbv is missing: apt-get install gerbv"
