// Which server to start. Nothing here needs VS Code, so that tests can run it.

import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import * as path from "node:path";

export interface Settings {
  /** The program to start; empty: found by `importStrategy`. */
  path: string;
  /** The Python to use; empty: the first of those that there are. */
  interpreter: string;
  importStrategy: "fromEnvironment" | "bundled";
}

export interface Surroundings {
  /** In a workspace that is not trusted nothing of it is started. */
  trusted: boolean;
  folders: string[];
  /** The folder of the layercheck that comes with the extension. */
  bundled: string;
  /** The interpreter that the user has chosen elsewhere. */
  selected?: string;
}

export interface ServerCommand {
  command: string;
  args: string[];
  env: Record<string, string>;
  origin: "setting" | "environment" | "bundled";
}

export class NoServerError extends Error {}

/** `-P`: a folder that happens to hold a `layercheck.py` must not be what is started. */
const SERVER = ["-P", "-m", "layercheck", "server"];
const PROBE = ["-P", "-c", "import sys, layercheck, pygls; assert sys.version_info >= (3, 11)"];

export async function findServer(settings: Settings, surroundings: Surroundings): Promise<ServerCommand> {
  if (settings.path && surroundings.trusted) {
    return { command: settings.path, args: ["server"], env: {}, origin: "setting" };
  }
  const interpreters = listInterpreters(settings, surroundings);
  if (settings.importStrategy === "fromEnvironment" && surroundings.trusted) {
    for (const command of interpreters) {
      if (await succeeds(command, PROBE, {})) {
        return { command, args: SERVER, env: {}, origin: "environment" };
      }
    }
  }
  const env = { PYTHONPATH: surroundings.bundled };
  for (const command of interpreters) {
    if (await succeeds(command, PROBE, env)) {
      return { command, args: SERVER, env, origin: "bundled" };
    }
  }
  throw new NoServerError(
    `No Python can start layercheck (tried ${interpreters.join(", ")}). ` +
      "Install it with pip install 'layercheck[lsp]', or set layercheck.interpreter to a Python 3.11 or newer.",
  );
}

/** The interpreters to try, the first choice first. */
export function listInterpreters(settings: Settings, surroundings: Surroundings): string[] {
  const system = process.platform === "win32" ? ["python", "python3"] : ["python3", "python"];
  if (!surroundings.trusted) {
    return system;
  }
  const inside = process.platform === "win32" ? ["Scripts", "python.exe"] : ["bin", "python"];
  const environments = surroundings.folders
    .flatMap((folder) => [".venv", "venv"].map((name) => path.join(folder, name, ...inside)))
    .filter((interpreter) => existsSync(interpreter));
  if (settings.interpreter) {
    return [settings.interpreter];
  }
  const selected = surroundings.selected ? [surroundings.selected] : [];
  return [...new Set([...selected, ...environments, ...system])];
}

function succeeds(command: string, args: string[], env: Record<string, string>): Promise<boolean> {
  return new Promise((resolve) => {
    execFile(command, args, { env: { ...process.env, ...env }, timeout: 30_000 }, (error) => resolve(error === null));
  });
}
