/** What can be done, by its name: the list at Ctrl-K, and how a page offers its commands to it. */
export type { Command } from "./command.ts";
export { Commands } from "./commands.tsx";
export { CommandsButton } from "./commands-button.tsx";
export { useOfferCommands, useOfferedCommands } from "./offered-commands.ts";
