export { type BuiltInAudio, builtInAudio, defaultAudioFolder } from "./built-in-audio.ts";
export {
  type BuiltInLanguage,
  type BuiltInPrompt,
  type BuiltInPromptName,
  type BuiltInRecording,
  builtInLanguages,
  builtInPrompts,
  isBuiltInPromptName,
} from "./built-in-prompts.ts";
export { allPieces, builtInPieces, type Piece, type PieceFormat, pieceFormats, spokenPieces } from "./spoken-pieces.ts";
