#!/usr/bin/env bash
# Parcel: a module that a page names by `new URL("./part.js", import.meta.url)` is bundled as a script of its own, in which
# `import.meta.url` is a `file:` address of the source below the project's root, and which exports nothing.
#
# Seen with Parcel 2.16.4. A page that imports such an address later finds the module empty, and a worker that starts further
# threads by its own address asks for a file that no page may load. A library for all bundlers takes `location.href` in a
# worker, and imports nothing by an address.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private":true,"type":"module"}' > package.json
npm install --silent --no-audit --no-fund parcel@2.16.4
cat > index.html <<'HTML'
<script type="module" src="page.js"></script>
HTML
cat > page.js <<'JS'
const address = new URL("./part.js", import.meta.url).href;
import(address).then((part) => console.log(part.address));
JS
cat > part.js <<'JS'
export const address = import.meta.url;
globalThis.marker = address;
JS
npx --no-install parcel build index.html --no-source-maps --no-cache > build.log 2>&1
part=$(ls dist/*.js | xargs grep -l marker)
has() { if grep -q "$1" "$part"; then echo yes; else echo no; fi; }
seen="file: address: $(has 'file:///part\.js'); import.meta: $(has 'import\.meta'); export: $(has '\bexport\b')"
expected="file: address: yes; import.meta: no; export: no"
printf 'seen      %s\nexpected  %s\n' "$seen" "$expected"
[ "$seen" = "$expected" ]
