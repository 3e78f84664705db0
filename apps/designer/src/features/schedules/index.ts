export { ForceState } from "./force-state.tsx";
