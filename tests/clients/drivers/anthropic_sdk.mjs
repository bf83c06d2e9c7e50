// Anthropic's own client for Node.

import Anthropic from "@anthropic-ai/sdk";
import { TOOL, TOOL_SAYS, TOOL_SCHEMA, serve } from "./driving.mjs";

const LONGEST_TOKENS = 1024;

async function answer(client, asked, errand, got) {
  if (!errand.isStreamed) {
    const message = await client.messages.create(asked);
    got.hear(message.content.map((block) => block.text ?? "").join(""));
    return message;
  }
  const stream = client.messages.stream(asked);
  stream.on("text", (piece) => got.hear(piece));
  return stream.finalMessage();
}

await serve(async (errand, got) => {
  const client = new Anthropic({ baseURL: errand.root, apiKey: errand.key, maxRetries: 0 });
  const content = [{ type: "text", text: errand.ask }];
  if (errand.picture) {
    const data = errand.picture.toString("base64");
    content.unshift({ type: "image", source: { type: "base64", media_type: "image/png", data } });
  }
  const messages = [{ role: "user", content }];
  const described = { name: TOOL, description: TOOL_SAYS, input_schema: TOOL_SCHEMA };
  const tools = errand.hasTools ? { tools: [described] } : {};
  for (;;) {
    const asked = { model: errand.model, max_tokens: LONGEST_TOKENS, messages, ...tools };
    const message = await answer(client, asked, errand, got);
    got.count(message.usage.input_tokens, message.usage.output_tokens);
    const calls = message.content.filter((block) => block.type === "tool_use");
    if (!calls.length) return;
    messages.push({ role: "assistant", content: message.content });
    const results = calls.map((call) => {
      got.calls.push(JSON.stringify(call.input));
      return { type: "tool_result", tool_use_id: call.id, content: errand.findCode(call.input) };
    });
    messages.push({ role: "user", content: results });
  }
});
