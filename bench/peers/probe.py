"""Writes which of the modules named on the command line this Python has, as JSON: {"keras": true, ...}."""

import importlib.util
import json
import sys

json.dump({name: importlib.util.find_spec(name) is not None for name in sys.argv[1:]}, sys.stdout)
