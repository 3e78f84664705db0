import { Select } from "@cordboard/ui";
import { useTranslation } from "react-i18next";
import type { SectionProps } from "./section-props.ts";

const ways = ["bridged", "refer"] as const;

/** How a caller reaches the operator who accepts. */
export function ConnectRule({ fields, set }: SectionProps) {
  const { t } = useTranslation("queues");
  const connect = fields.connect ?? "bridged";
  return (
    <Select
      label={t("connect")}
      hint={t(`connect.hint.${connect}`)}
      options={ways.map((value) => ({ value, label: t(`connect.${value}`) }))}
      value={connect}
      onChange={(way) => set({ connect: way })}
    />
  );
}
