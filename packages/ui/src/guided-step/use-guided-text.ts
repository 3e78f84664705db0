import { useUiLanguage } from "../texts/ui-language.tsx";
import english from "./texts.en.json" with { type: "json" };
import french from "./texts.fr.json" with { type: "json" };

type GuidedText = keyof typeof english;

/** The words of guided conversations, apart from the others: pages without one have none of them. */
export function useGuidedText(): (text: GuidedText, values?: Readonly<Record<string, string>>) => string {
  const texts: Record<GuidedText, string> = useUiLanguage() === "fr" ? french : english;
  return (text, values = {}) => texts[text].replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? "");
}
