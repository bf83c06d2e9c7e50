// OpenAI's own client for Node: chat completions and responses.

import OpenAI from "openai";
import { TOOL, TOOL_SAYS, TOOL_SCHEMA, serve } from "./driving.mjs";

const url = (errand) => `data:image/png;base64,${errand.picture.toString("base64")}`;

async function chat(client, errand, got) {
  const content = [{ type: "text", text: errand.ask }];
  if (errand.picture) content.push({ type: "image_url", image_url: { url: url(errand) } });
  const messages = [{ role: "user", content }];
  const described = { name: TOOL, description: TOOL_SAYS, parameters: TOOL_SCHEMA };
  const tools = errand.hasTools ? { tools: [{ type: "function", function: described }] } : {};
  for (;;) {
    const asked = { model: errand.model, messages, ...tools };
    let reply;
    if (errand.isStreamed) {
      const stream = client.chat.completions.stream({
        ...asked,
        stream_options: { include_usage: true },
      });
      stream.on("content", (piece) => got.hear(piece));
      reply = await stream.finalChatCompletion();
    } else {
      reply = await client.chat.completions.create(asked);
      got.hear(reply.choices[0].message.content);
    }
    got.count(reply.usage.prompt_tokens, reply.usage.completion_tokens);
    const { message } = reply.choices[0];
    if (!message.tool_calls?.length) return;
    messages.push(message);
    for (const call of message.tool_calls) {
      got.calls.push(call.function.arguments);
      const found = errand.findCode(JSON.parse(call.function.arguments));
      messages.push({ role: "tool", tool_call_id: call.id, content: found });
    }
  }
}

async function responses(client, errand, got) {
  const content = [{ type: "input_text", text: errand.ask }];
  if (errand.picture) content.push({ type: "input_image", image_url: url(errand), detail: "auto" });
  const input = [{ role: "user", content }];
  const described = { type: "function", name: TOOL, description: TOOL_SAYS, strict: true };
  const tools = errand.hasTools ? { tools: [{ ...described, parameters: TOOL_SCHEMA }] } : {};
  for (;;) {
    const asked = { model: errand.model, input, store: false, ...tools };
    let reply;
    if (errand.isStreamed) {
      const stream = client.responses.stream(asked);
      stream.on("response.output_text.delta", (event) => got.hear(event.delta));
      reply = await stream.finalResponse();
    } else {
      reply = await client.responses.create(asked);
      got.hear(reply.output_text);
    }
    got.count(reply.usage.input_tokens, reply.usage.output_tokens);
    const calls = reply.output.filter((item) => item.type === "function_call");
    if (!calls.length) return;
    for (const { parsed_arguments: _, ...item } of reply.output) input.push(item);
    for (const call of calls) {
      got.calls.push(call.arguments);
      const output = errand.findCode(JSON.parse(call.arguments));
      input.push({ type: "function_call_output", call_id: call.call_id, output });
    }
  }
}

await serve(async (errand, got) => {
  const client = new OpenAI({ baseURL: errand.v1, apiKey: errand.key, maxRetries: 0 });
  await (errand.protocol === "chat" ? chat : responses)(client, errand, got);
});
