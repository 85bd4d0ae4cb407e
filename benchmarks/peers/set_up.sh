#!/bin/sh
# The peers that we are measured against, each in a place of its own under build/peers; nothing of them is a
# dependency. gerbv comes from the distribution: apt-get install gerbv.
#   sh benchmarks/peers/set_up.sh
set -eu
CDPATH='' cd -- "$(dirname -- "$0")/../.."
here=build/peers
mkdir -p "$here"

# gerbonara 1.6 needs Python 3.12; on 3.11 pip takes 1.5.
python3 -m venv "$here/python"
"$here/python/bin/pip" install --quiet gerbonara klayout

# tracespace v4: the parser and the plotter that pcb-stackup 4 is made of
npm install --silent --no-audit --no-fund --prefix "$here/node" gerber-parser@4.2.7 gerber-plotter@4.2.8

if command -v gerbv >/dev/null; then
  cc -O2 benchmarks/peers/gerbv_parse.c -o "$here/gerbv_parse" -l:libgerbv.so.1 -l:libglib-2.0.so.0
else
  echo "gerbv is missing: apt-get install gerbv"
fi
