import { createSignal, type Signal } from "../kernel/fiber.ts";
import { SimulatedFailure, VerbFailure } from "../kernel/simulated-failure.ts";
import type { CustomSpeech, SpeechSettings } from "../types.ts";
import type { World } from "../world.ts";
import type { AudioLibrary, Clip, SpokenClip } from "./audio-cache.ts";

export function createAudioLibrary(world: () => World): AudioLibrary {
  const clips = new Map<string, Clip>();
  const spoken = new Map<string, Clip>();

  const synthesise = (credential: CustomSpeech, settings: SpeechSettings, text: string): Signal<SpokenClip> => {
    const { fetch, scheduler } = world();
    const key = JSON.stringify([settings.vendor, settings.language, settings.voice, text]);
    const result = createSignal<SpokenClip>();
    const cached = spoken.get(key);
    if (cached) {
      result.settle({ ...cached, fromCache: true, elapsedMs: 0 });
      return result;
    }
    const begun = scheduler.now();
    const body = {
      language: settings.language,
      voice: settings.voice,
      type: text.startsWith("<speak") ? "ssml" : "text",
      text,
    };
    fetch({
      purpose: "speech",
      method: "POST",
      url: credential.url,
      headers: { "content-type": "application/json", authorization: `Bearer ${credential.token}` },
      body: JSON.stringify(body),
    }).listen((outcome) => {
      if (!outcome.ok) return result.fail(new VerbFailure(`StatusError: ${outcome.error.message}`));
      const answer = outcome.value;
      if (answer.kind !== "audioFetched" || answer.status !== 200 || answer.durationMs === undefined) {
        const reason = answer.kind === "audioFetched" ? (answer.reason ?? String(answer.status)) : "no audio";
        return result.fail(new VerbFailure(`StatusError: ${reason}`));
      }
      spoken.set(key, { durationMs: answer.durationMs });
      result.settle({
        durationMs: answer.durationMs,
        fromCache: false,
        elapsedMs: Math.round(scheduler.now() - begun),
      });
    });
    return result;
  };

  return {
    remember: (url, clip) => {
      clips.set(url, clip);
    },
    clip: (url) => {
      const result = createSignal<Clip>();
      const cached = clips.get(url);
      if (cached) {
        result.settle(cached);
        return result;
      }
      const missing = (): void => result.fail(new VerbFailure("File Not Found"));
      world()
        .fetch({ purpose: "audio", method: "GET", url, headers: { "user-agent": "mod_httapi/1.0" } })
        .listen((outcome) => {
          if (!outcome.ok || outcome.value.kind !== "audioFetched") return missing();
          const { status, durationMs } = outcome.value;
          if (status !== 200 || durationMs === undefined) return missing();
          const clip = { durationMs };
          clips.set(url, clip);
          result.settle(clip);
        });
      return result;
    },
    speech: (settings, text) => {
      const credential = world().config.speech.find((one) => one.vendor === settings.vendor);
      if (credential) return synthesise(credential, settings, text);
      const refused = createSignal<SpokenClip>();
      refused.fail(
        new SimulatedFailure(
          `Error: No text-to-speech service credentials for ${settings.vendor} with labels: undefined have been configured`,
        ),
      );
      return refused;
    },
  };
}
