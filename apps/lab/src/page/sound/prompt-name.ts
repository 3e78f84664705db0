import { builtInPrompts } from "@cordboard/prompts";

/** The built-in announcement that lies at an address (`/media/<sha256>.wav`), or null when it is none. */
export function promptName(url: string): string | null {
  const sha256 = /\/([0-9a-f]{64})\.wav$/.exec(url)?.[1];
  if (!sha256) return null;
  for (const [name, prompt] of Object.entries(builtInPrompts)) {
    if (Object.values(prompt.audio).some((recording) => recording.sha256 === sha256)) return name;
  }
  return null;
}
