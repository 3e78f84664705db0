/** One message of a stream of server-sent events. */
export interface Frame {
  readonly id: string | null;
  readonly event: string;
  readonly data: string;
  readonly retryMs: number | null;
}

/** Reads server-sent events as the HTML standard has them: fields by line, a message ends at an empty line, comments say nothing. */
export async function* readFrames(body: ReadableStream<Uint8Array>): AsyncGenerator<Frame> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      text += decoder.decode(value, { stream: true });
      for (;;) {
        const end = /\r\n\r\n|\n\n|\r\r/.exec(text);
        if (!end) break;
        yield frameOf(text.slice(0, end.index));
        text = text.slice(end.index + end[0].length);
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function frameOf(text: string): Frame {
  const fields = new Map<string, string[]>();
  for (const line of text.split(/\r\n|\n|\r/)) {
    const cut = line.indexOf(":");
    if (cut === 0) continue;
    const name = cut < 0 ? line : line.slice(0, cut);
    const value = cut < 0 ? "" : line.slice(cut + 1).replace(/^ /, "");
    fields.set(name, [...(fields.get(name) ?? []), value]);
  }
  const retry = Number(fields.get("retry")?.at(-1) ?? Number.NaN);
  return {
    id: fields.get("id")?.at(-1) ?? null,
    event: fields.get("event")?.at(-1) ?? "message",
    data: (fields.get("data") ?? []).join("\n"),
    retryMs: Number.isFinite(retry) ? retry : null,
  };
}
