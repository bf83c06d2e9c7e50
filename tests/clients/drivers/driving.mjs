// What every Node driver shares: errands come in, and what the client got goes out, as JSON lines.
// The fields are those of `driving.py`.

import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

export const TOOL = "find_code";
export const TOOL_SAYS = "Find the code of a city.";
export const TOOL_SCHEMA = {
  type: "object",
  properties: { city: { type: "string", description: "The city's name." } },
  required: ["city"],
  additionalProperties: false,
};

class Got {
  text = "";
  pieces = 0;
  input_tokens = null;
  output_tokens = null;
  calls = [];

  hear(piece) {
    if (!piece) return;
    this.text += piece;
    this.pieces += 1;
  }

  count(input, output) {
    if (input == null || output == null) return;
    this.input_tokens = (this.input_tokens ?? 0) + input;
    this.output_tokens = (this.output_tokens ?? 0) + output;
  }
}

// The endpoint with /v1, and what an errand's name and its files mean.
function understood(errand) {
  return {
    ...errand,
    v1: `${errand.root}/v1`,
    isStreamed: errand.errand.endsWith("streamed"),
    hasTools: errand.errand.startsWith("tools"),
    picture: errand.image ? readFileSync(errand.image) : null,
    findCode: ({ city }) => `${city} has the code ${errand.secret}.`,
  };
}

export async function serve(run) {
  for await (const line of createInterface({ input: process.stdin })) {
    let told = new Got();
    try {
      await run(understood(JSON.parse(line)), told);
    } catch (error) {
      console.error(error);
      told = { error: `${error.name}: ${error.message}` };
    }
    process.stdout.write(`${JSON.stringify(told)}\n`);
  }
}
