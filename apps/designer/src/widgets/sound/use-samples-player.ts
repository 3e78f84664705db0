import { useEffect, useRef, useState } from "react";

/** Plays samples, and says how far it is: seconds from their beginning, null while nothing is heard. */
export function useSamplesPlayer(rate: number) {
  const [at, setAt] = useState<number | null>(null);
  const playing = useRef<AudioContext | null>(null);
  const stop = () => {
    void playing.current?.close();
    playing.current = null;
    setAt(null);
  };
  useEffect(
    () => () => {
      void playing.current?.close();
      playing.current = null;
    },
    [],
  );
  const play = (samples: Float32Array) => {
    stop();
    const context = new AudioContext();
    const buffer = context.createBuffer(1, Math.max(1, samples.length), rate);
    buffer.getChannelData(0).set(samples);
    const source = new AudioBufferSourceNode(context, { buffer });
    source.connect(context.destination);
    playing.current = context;
    source.onended = () => playing.current === context && stop();
    source.start();
    const look = () => {
      if (playing.current !== context) return;
      setAt(context.currentTime);
      requestAnimationFrame(look);
    };
    look();
  };
  return { at, play, stop };
}
