import type { QueueFields } from "@cordboard/api";
import { Select } from "@cordboard/ui";
import { useTranslation } from "react-i18next";

const ways = ["bridged", "refer"] as const;

type Props = {
  fields: QueueFields;
  set: (changes: Partial<QueueFields>) => void;
};

/** How a caller reaches the operator who accepts. */
export function ConnectRule({ fields, set }: Props) {
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
