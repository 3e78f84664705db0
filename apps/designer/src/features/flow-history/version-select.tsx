import type { FlowHistory } from "@cordboard/api";
import { Select } from "@cordboard/ui";
import { useTranslation } from "react-i18next";
import { useFigureWords } from "./use-figure-words.ts";

type Props = {
  versions: FlowHistory["versions"];
  /** Null: all of them together. */
  value: string | null;
  onChange: (versionId: string | null) => void;
};

/** Of which version figures are shown; where calls were on one only, there is nothing to choose. */
export function VersionSelect({ versions, value, onChange }: Props) {
  const { t } = useTranslation("flow-history");
  const { number } = useFigureWords();
  if (versions.length < 2 && value === null) return null;
  const total = versions.reduce((sum, { calls }) => sum + calls, 0);
  return (
    <Select
      label={t("version")}
      options={[
        { value: "", label: t("version.all", { count: total }) },
        ...versions.flatMap(({ versionId, number: nth, calls }) =>
          versionId === null
            ? []
            : {
                value: versionId,
                label:
                  nth === null
                    ? t("version.other", { count: calls })
                    : t("version.one", { number: number(nth), count: calls }),
              },
        ),
      ]}
      value={value ?? ""}
      onChange={(chosen) => onChange(chosen === "" ? null : chosen)}
    />
  );
}
