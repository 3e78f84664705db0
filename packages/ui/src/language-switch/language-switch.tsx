import { SegmentedControl } from "../segmented-control/segmented-control.tsx";
import { type Language, useUiText } from "../texts/ui-language.tsx";

const segments = [
  { value: "fr", label: "Français", lang: "fr" },
  { value: "en", label: "English", lang: "en" },
] as const;

/** Chooses the language of the screens. Each language is named in itself, so that its readers find it. */
export function LanguageSwitch({ value, onChange }: { value: Language; onChange: (language: Language) => void }) {
  const text = useUiText();
  return <SegmentedControl label={text("language")} segments={segments} value={value} onChange={onChange} />;
}
