import { Button, Select } from "@cordboard/ui";
import { useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import type { Output, OutputDevice } from "../alerts/output-device.ts";
import styles from "./browser-checks.module.css";

/**
 * Which loudspeaker or headset rings, or lets the other side be heard: chosen on each machine, by a click, for browsers tell nobody of devices before.
 */
export function RingOutput({ output, of = "ring" }: { output: Output; of?: "ring" | "voice" }) {
  const { t } = useTranslation("signIn");
  const chosen = useSyncExternalStore(output.subscribe, output.chosen, output.chosen);
  const state = useSyncExternalStore(output.subscribe, output.state, output.state);
  const [devices, setDevices] = useState<readonly OutputDevice[] | "refused" | null>(null);
  if (!Array.isArray(devices)) {
    return (
      <div className={styles.output}>
        <p className={styles.words}>
          {t(of === "ring" ? "checks.output.now" : "checks.voice.now", {
            device: chosen?.label ?? t("checks.output.default"),
          })}
        </p>
        {state === "gone" && chosen !== null && (
          <p className={styles.words} role="status">
            {t(of === "ring" ? "checks.output.gone" : "checks.voice.gone", { device: chosen.label })}
          </p>
        )}
        {devices === "refused" && (
          <p className={styles.words} role="status">
            {t("checks.output.refused")}
          </p>
        )}
        <Button kind="quiet" onClick={() => void output.list().then((found) => setDevices(found ?? "refused"))}>
          {t("checks.output.choose")}
        </Button>
      </div>
    );
  }
  const others = devices.filter(({ id }: OutputDevice) => id !== "default");
  // The one that was chosen stays among them while it is away.
  const known = chosen && !others.some(({ id }) => id === chosen.id) ? [...others, chosen] : others;
  return (
    <div className={styles.output}>
      <Select
        label={t(of === "ring" ? "checks.output" : "checks.voice")}
        options={[
          { value: "", label: t("checks.output.default") },
          ...known.map(({ id, label }) => ({ value: id, label })),
        ]}
        value={chosen?.id ?? ""}
        onChange={(id) => void output.choose(known.find((device) => device.id === id) ?? null)}
      />
      {state === "gone" && chosen !== null && (
        <p className={styles.words} role="status">
          {t(of === "ring" ? "checks.output.gone" : "checks.voice.gone", { device: chosen.label })}
        </p>
      )}
    </div>
  );
}
