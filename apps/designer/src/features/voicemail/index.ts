export { MessagePlayer } from "./message-player.tsx";
