import { createServer } from "node:http";
import process from "node:process";
import { startLab } from "./start-lab.ts";

const env = process.env;
const needed = (name: string): string => {
  const value = env[name];
  if (value) return value;
  process.send?.({ kind: "refuses", reason: `${name} is missing: the lab is started by \`cordboard run\`.` });
  process.stderr.write(`${name} is missing: the lab is started by \`cordboard run\`.\n`);
  process.exit(1);
};

const host = env.CORDBOARD_LAB_HOST ?? "127.0.0.1";
const port = Number(env.CORDBOARD_LAB_PORT ?? 4701);

const server = createServer();
server.on("error", (error: NodeJS.ErrnoException) => {
  const reason = error.code === "EADDRINUSE" ? "portBusy" : error.code === "EACCES" ? "portForbidden" : error.message;
  process.send?.({ kind: "refuses", reason });
  process.exit(1);
});
server.listen(port, host, async () => {
  try {
    const lab = await startLab({
      server,
      host,
      restPort: Number(env.CORDBOARD_LAB_REST_PORT ?? port + 1),
      webFolder: needed("CORDBOARD_LAB_WEB"),
      callHook: needed("CORDBOARD_LAB_CALL_HOOK"),
      socketUser: needed("CORDBOARD_LAB_SOCKET_USER"),
      socketPassword: needed("CORDBOARD_LAB_SOCKET_PASSWORD"),
      apiKey: needed("CORDBOARD_LAB_API_KEY"),
      webhookSecret: process.env.CORDBOARD_LAB_WEBHOOK_SECRET || null,
      line: env.CORDBOARD_LAB_LINE ?? "",
      agentUrl: env.CORDBOARD_LAB_AGENT_URL ?? "",
      verbose: env.CORDBOARD_LAB_LOG === "yes",
    });
    const stop = async () => {
      await lab.close();
      process.exit(0);
    };
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void stop());
    // The supervisor is gone: nobody would stop this process any more.
    process.on("disconnect", () => void stop());
    process.send?.({ kind: "ready" });
  } catch (error) {
    const busy = typeof error === "object" && error !== null && "code" in error && error.code === "EADDRINUSE";
    process.send?.({ kind: "refuses", reason: busy ? "portBusy" : String(error) });
    process.exit(1);
  }
});
