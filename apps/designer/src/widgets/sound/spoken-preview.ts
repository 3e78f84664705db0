/** A text as a voice that knows no call can say it: in place of a value its name, of marks for the voice nothing. */
export function spokenPreview(text: string): string {
  return text
    .replace(/<[^>]*>/g, " ")
    .replace(/\{\{([^}]*)\}\}/g, (_, inside: string) => {
      const [expression = ""] = inside.split("|");
      return expression.trim().split(".").at(-1) ?? "";
    })
    .replace(/\s+/g, " ")
    .trim();
}

/** A voice of the language: of the very country where there is one. `null`: the browser has none. */
export function voiceFor<Voice extends { readonly lang: string }>(
  voices: readonly Voice[],
  lang: string,
): Voice | null {
  // Some systems write fr_FR.
  const tag = (voice: Voice) => voice.lang.replace("_", "-");
  return (
    voices.find((voice) => tag(voice) === lang) ??
    voices.find((voice) => tag(voice).slice(0, 2) === lang.slice(0, 2)) ??
    null
  );
}
