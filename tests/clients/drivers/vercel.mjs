// The Vercel AI SDK with the provider of each protocol; it calls its tools by itself.

import { createAnthropic } from "@ai-sdk/anthropic";
import { createGoogleGenerativeAI } from "@ai-sdk/google";
import { createOpenAI } from "@ai-sdk/openai";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { generateText, jsonSchema, stepCountIs, streamText, tool } from "ai";
import { TOOL, TOOL_SAYS, TOOL_SCHEMA, serve } from "./driving.mjs";

// The same protocol through two of its packages: chat is OpenAI's own, compatible everybody's.
const COMPATIBLE = process.argv[2] === "compatible";

function modelOf({ protocol, root, v1, key, model }) {
  const told = { baseURL: v1, apiKey: key };
  switch (protocol) {
    case "chat":
      return COMPATIBLE
        ? createOpenAICompatible({ ...told, name: "butler", includeUsage: true })(model)
        : createOpenAI(told).chat(model);
    case "responses":
      return createOpenAI(told)(model);
    case "messages":
      return createAnthropic(told)(model);
    case "gemini":
      return createGoogleGenerativeAI({ ...told, baseURL: `${root}/v1beta` })(model);
    default:
      throw new Error(`There is no protocol ${protocol}.`);
  }
}

await serve(async (errand, got) => {
  const content = [{ type: "text", text: errand.ask }];
  if (errand.picture) {
    content.push({ type: "file", data: errand.picture, mediaType: "image/png" });
  }
  const execute = (input) => {
    got.calls.push(JSON.stringify(input));
    return errand.findCode(input);
  };
  const described = tool({ description: TOOL_SAYS, inputSchema: jsonSchema(TOOL_SCHEMA), execute });
  const asked = {
    model: modelOf(errand),
    messages: [{ role: "user", content }],
    maxRetries: 0,
    ...(errand.hasTools ? { tools: { [TOOL]: described }, stopWhen: stepCountIs(5) } : {}),
  };
  if (!errand.isStreamed) {
    const result = await generateText(asked);
    got.hear(result.text);
    got.count(result.totalUsage.inputTokens, result.totalUsage.outputTokens);
    return;
  }
  let failure;
  const onError = ({ error }) => {
    failure ??= error;
  };
  const result = streamText({ ...asked, onError });
  for await (const piece of result.textStream) got.hear(piece);
  if (failure) throw failure;
  const usage = await result.totalUsage;
  got.count(usage.inputTokens, usage.outputTokens);
});
