import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import styles from "./level-meter.module.css";

/** How loud the microphone hears: a bar that moves with the voice, so that one sees at once when nothing arrives. */
export function LevelMeter({ stream }: { stream: MediaStream }) {
  const { t } = useTranslation("prompts");
  const meter = useRef<HTMLMeterElement>(null);
  useEffect(() => {
    const context = new AudioContext();
    const analyser = new AnalyserNode(context, { fftSize: 512 });
    context.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    let frame = 0;
    const look = () => {
      analyser.getFloatTimeDomainData(samples);
      if (meter.current !== null) meter.current.value = levelOf(samples);
      frame = requestAnimationFrame(look);
    };
    look();
    return () => {
      cancelAnimationFrame(frame);
      void context.close();
    };
  }, [stream]);
  return <meter ref={meter} className={styles.meter} min={0} max={1} low={0.15} high={0.95} aria-label={t("level")} />;
}

/** Loudness from 0 (-60 dB and less) to 1 (full scale). */
function levelOf(samples: Float32Array): number {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
  return Math.min(1, Math.max(0, 1 + (10 * Math.log10(power + 1e-9)) / 60));
}
