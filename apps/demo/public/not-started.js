// Comes after main.js, which takes the line away. Browsers load no modules from a disk, but they load this.
const line = document.getElementById("not-started");
if (line) line.hidden = false;
