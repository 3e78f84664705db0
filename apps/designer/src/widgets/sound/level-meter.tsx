import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./level-meter.module.css";

/**
 * How loud the microphone hears: a bar that moves with the voice, so that one sees at once when nothing arrives; and a word when it was
 * louder than fits.
 */
export function LevelMeter({ stream }: { stream: MediaStream }) {
  const { t } = useTranslation("widgets");
  const meter = useRef<HTMLMeterElement>(null);
  const [tooLoud, setTooLoud] = useState(false);
  useEffect(() => {
    const context = new AudioContext();
    const analyser = new AnalyserNode(context, { fftSize: 2048 });
    context.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    let frame = 0;
    const look = () => {
      analyser.getFloatTimeDomainData(samples);
      if (meter.current !== null) meter.current.value = levelOf(samples);
      if (samples.some((sample) => Math.abs(sample) > 0.995)) setTooLoud(true);
      frame = requestAnimationFrame(look);
    };
    look();
    return () => {
      cancelAnimationFrame(frame);
      void context.close();
    };
  }, [stream]);
  return (
    <>
      <meter
        ref={meter}
        className={styles.meter}
        min={0}
        max={1}
        low={0.15}
        high={0.95}
        aria-label={t("sound.level")}
      />
      <span role="status" className={styles.loud}>
        {tooLoud && t("work.tooLoud")}
      </span>
    </>
  );
}

/** Loudness from 0 (-60 dB and less) to 1 (full scale). */
function levelOf(samples: Float32Array): number {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
  return Math.min(1, Math.max(0, 1 + (10 * Math.log10(power + 1e-9)) / 60));
}
