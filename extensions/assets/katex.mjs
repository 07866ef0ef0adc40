// Sets formulas: one request a line on the way in, one answer a line on the way out.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const katex = createRequire(process.argv[2])("katex");
for await (const line of createInterface({ input: process.stdin })) {
  const { tex, display } = JSON.parse(line);
  let answer;
  try {
    const options = { displayMode: display, output: "htmlAndMathml", strict: "ignore", trust: false };
    answer = { html: katex.renderToString(tex, options) };
  } catch (problem) {
    answer = { problem: problem.message };
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
}
