import { Monitor, Moon, Sun } from "lucide-react";
import { Icon } from "../icon/icon.tsx";
import { SegmentedControl } from "../segmented-control/segmented-control.tsx";
import { useUiText } from "../texts/ui-language.tsx";
import { type Theme, themes } from "./theme.ts";

const icons = { system: Monitor, light: Sun, dark: Moon };

/** Chooses light, dark, or what the system says. Showing and remembering it is `applyTheme`. */
export function ThemeSwitch({ value, onChange }: { value: Theme; onChange: (theme: Theme) => void }) {
  const text = useUiText();
  const segments = themes.map((theme) => ({
    value: theme,
    label: (
      <>
        <Icon as={icons[theme]} />
        {text(`theme.${theme}`)}
      </>
    ),
  }));
  return <SegmentedControl label={text("theme")} segments={segments} value={value} onChange={onChange} />;
}
