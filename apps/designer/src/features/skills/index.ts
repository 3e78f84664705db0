export { KnownSkills } from "./known-skills.tsx";
export { SkillNeeds } from "./skill-needs.tsx";
export { useSkills } from "./use-skills.ts";
