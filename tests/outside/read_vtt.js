// Reads a WebVTT file with the npm package webvtt-parser, which follows the specification, and prints a line a cue: start and
// end in milliseconds, words. NODE_PATH says where packages are.
const fs = require("fs");

let parser;
try {
  const { WebVTTParser } = require("webvtt-parser");
  parser = new WebVTTParser();
} catch {
  console.log("the npm package webvtt-parser is not installed");
  process.exit(77);
}

const { cues, errors } = parser.parse(fs.readFileSync(process.argv[2], "utf8"), "subtitles");
if (errors.length > 0) {
  console.error(errors);
  process.exit(1);
}
const words = (node) => (node.type === "text" ? node.value : (node.children || []).map(words).join(""));
for (const cue of cues) {
  const millis = [cue.startTime, cue.endTime].map((time) => Math.round(time * 1000));
  console.log(...millis, words(cue.tree).replace(/\s+/g, ""));
}
