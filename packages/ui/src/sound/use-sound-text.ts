import { useUiLanguage } from "../texts/ui-language.tsx";
import english from "./texts.en.json" with { type: "json" };
import french from "./texts.fr.json" with { type: "json" };

type SoundText = keyof typeof english;

/** The words of what plays and records, apart from the others: pages without sound have none of them. */
export function useSoundText(): (text: SoundText, values?: Readonly<Record<string, string>>) => string {
  const texts: Record<SoundText, string> = useUiLanguage() === "fr" ? french : english;
  return (text, values = {}) => texts[text].replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? "");
}
