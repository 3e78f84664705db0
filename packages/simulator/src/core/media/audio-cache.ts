import type { Signal } from "../kernel/fiber.ts";
import type { SpeechSettings } from "../types.ts";

export interface Clip {
  readonly durationMs: number;
}

export interface SpokenClip extends Clip {
  readonly fromCache: boolean;
  readonly elapsedMs: number;
}

/**
 * The media server's cache of audio, by address, and of speech, by what is said. What was fetched once is not fetched again: jambonz
 * caches by URL, so changed audio needs a new address.
 */
export interface AudioLibrary {
  /** Puts audio into the cache that was fetched before the simulation began. */
  remember(url: string, clip: Clip): void;
  /** The clip behind an address; fails with "File Not Found" for any other status than 200 and for no answer. */
  clip(url: string): Signal<Clip>;
  /** A text spoken by a `custom:` vendor; fails as jambonz words it when the vendor has no credential or answers badly. */
  speech(settings: SpeechSettings, text: string): Signal<SpokenClip>;
}
