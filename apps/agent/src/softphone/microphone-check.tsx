import { Button, Icon, Select } from "@cordboard/ui";
import { Check, CircleAlert, CircleDashed, Mic, Square } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSoftphone } from "../session/desk-context.tsx";
import checks from "../sign-in/browser-checks.module.css";
import { microphoneFault } from "./create-softphone.ts";
import type { MicrophoneDevice } from "./microphone.ts";
import styles from "./microphone-check.module.css";
import { watchLevel } from "./microphone-level.ts";
import type { SoftphoneHere } from "./start-softphone.ts";

/** The microphone is listened to for so long at most, ms: nobody is to wonder afterwards whether it is open. */
const longestMs = 30_000;

/** Whether the operator will be heard: tried now, not at the first call, with what to do where they are not; and which microphone. */
export function MicrophoneCheck({ softphone }: { softphone: SoftphoneHere }) {
  const { shown } = useSoftphone();
  const { t } = useTranslation("softphone");
  const [devices, setDevices] = useState<readonly MicrophoneDevice[]>([]);
  const [level, setLevel] = useState<number | null>(null);
  const stop = useRef<(() => void) | null>(null);
  useEffect(() => () => stop.current?.(), []);
  const test = async () => {
    stop.current?.();
    try {
      const stream = await softphone.microphone.open();
      softphone.microphoneTried("ready");
      const quiet = watchLevel(stream, setLevel);
      const end = () => {
        quiet();
        for (const track of stream.getTracks()) track.stop();
        clearTimeout(timer);
        stop.current = null;
        setLevel(null);
      };
      const timer = setTimeout(end, longestMs);
      stop.current = end;
      setLevel(0);
      setDevices(await softphone.microphone.list());
    } catch (error) {
      softphone.microphoneTried(microphoneFault(error));
    }
  };
  const choose = (id: string) => {
    softphone.microphone.choose(devices.find((device) => device.id === id) ?? null);
    softphone.microphoneChosen();
    if (level !== null) void test();
  };
  const { microphone } = shown;
  const Sign = microphone === "ready" ? Check : microphone === "unknown" ? CircleDashed : CircleAlert;
  const sign = microphone === "ready" ? checks.good : microphone === "unknown" ? checks.open : checks.bad;
  return (
    <div className={checks.row}>
      <span className={sign}>
        <Icon as={Sign} />
      </span>
      <div className={checks.what}>
        <p className={checks.name}>{t("microphone")}</p>
        <p className={checks.words} role="status">
          {t(level === null ? `microphone.${microphone}` : "microphone.hears")}
        </p>
        {level !== null && (
          <meter className={styles.level} min={0} max={1} value={level} aria-label={t("microphone.level")} />
        )}
        {devices.length > 0 && (
          <Select
            label={t("microphone")}
            options={[
              { value: "", label: t("microphone.usual") },
              ...devices.map(({ id, label }) => ({ value: id, label })),
            ]}
            value={softphone.microphone.chosen()?.id ?? ""}
            onChange={choose}
          />
        )}
      </div>
      <Button
        icon={level === null ? Mic : Square}
        aria-label={`${t(level === null ? "test" : "testEnd")} · ${t("microphone")}`}
        onClick={() => (level === null ? void test() : stop.current?.())}
      >
        {t(level === null ? "test" : "testEnd")}
      </Button>
    </div>
  );
}
