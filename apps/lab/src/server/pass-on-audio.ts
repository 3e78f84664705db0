import type { ServerResponse } from "node:http";

const LARGEST = 32 * 1024 * 1024;

/**
 * Gives the page the audio that a telephone hears. Only from the runtime that this lab is for: the page can ask for nothing else.
 * `url` has the address in its query (`?url=`).
 */
export async function passOnAudio(url: URL, response: ServerResponse, callHook: string): Promise<void> {
  const wanted = url.searchParams.get("url") ?? "";
  const runtime = new URL(callHook.replace(/^ws/, "http"));
  if (
    !URL.canParse(wanted) ||
    new URL(wanted).host !== runtime.host ||
    !new URL(wanted).pathname.startsWith("/media/")
  ) {
    response
      .writeHead(403, { "content-type": "text/plain; charset=utf-8" })
      .end("Only the runtime's own audio can be heard here.");
    return;
  }
  try {
    const answer = await fetch(wanted, { signal: AbortSignal.timeout(10_000) });
    const audio = Buffer.from(await answer.arrayBuffer());
    if (!answer.ok || audio.length > LARGEST) {
      response.writeHead(answer.ok ? 413 : answer.status).end();
      return;
    }
    response
      .writeHead(200, {
        "content-type": answer.headers.get("content-type") ?? "audio/wav",
        // As the runtime says: what somebody recorded must not stay in the browser.
        "cache-control": answer.headers.get("cache-control") ?? "no-store",
      })
      .end(audio);
  } catch {
    response
      .writeHead(502, { "content-type": "text/plain; charset=utf-8" })
      .end("The runtime does not answer just now.");
  }
}
