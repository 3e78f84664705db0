import { useEffect, useRef, useState } from "react";

/** `refused`: the reader or the browser does not let us hear the microphone. `missing`: there is none. */
export type RecorderState = "idle" | "recording" | "refused" | "missing";

/** Records from the microphone until stopped, then hands over what was recorded. Whoever leaves the page stops it too. */
export function useRecorder(onRecorded: (sound: Blob) => void): {
  readonly state: RecorderState;
  /** What the microphone hears while it is recorded; for a level meter. */
  readonly stream: MediaStream | null;
  start(): Promise<void>;
  stop(): void;
} {
  const [state, setState] = useState<RecorderState>("idle");
  const [stream, setStream] = useState<MediaStream | null>(null);
  const recorder = useRef<MediaRecorder | null>(null);
  const handOver = useRef(onRecorded);
  handOver.current = onRecorded;
  useEffect(() => () => end(recorder.current), []);
  return {
    state,
    stream,
    async start() {
      // Only pages that came safely (TLS, or this very machine) may ask at all.
      const devices: MediaDevices | undefined = navigator.mediaDevices;
      if (!devices?.getUserMedia) return setState("refused");
      try {
        const heard = await devices.getUserMedia({ audio: { channelCount: 1 } });
        const made = new MediaRecorder(heard);
        const parts: Blob[] = [];
        made.ondataavailable = ({ data }) => parts.push(data);
        made.onstop = () => {
          for (const track of heard.getTracks()) track.stop();
          setStream(null);
          setState("idle");
          handOver.current(new Blob(parts, { type: made.mimeType }));
        };
        recorder.current = made;
        made.start();
        setStream(heard);
        setState("recording");
      } catch (error) {
        setState(error instanceof DOMException && error.name === "NotFoundError" ? "missing" : "refused");
      }
    },
    stop: () => end(recorder.current),
  };
}

function end(recorder: MediaRecorder | null): void {
  if (recorder?.state === "recording") recorder.stop();
}
