// Starts `layercheck server` and connects VS Code with it.

import * as vscode from "vscode";
import { LanguageClient, type LanguageClientOptions, type ServerOptions, State } from "vscode-languageclient/node";

import { findSelected, onDidChangeSelected } from "./python";
import { findServer, type Settings } from "./server";

const NAME = "layercheck";
const ADD_TO_BASELINE = "layercheck.addToBaseline";
/** Configurations and baselines as well: they count as they are typed. */
const SELECTOR = [
  { scheme: "file", language: "python" },
  { scheme: "file", pattern: "**/{pyproject,layercheck,.layercheck}.toml" },
];

let client: LanguageClient | undefined;
let restarting: Promise<void> = Promise.resolve();

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel(NAME, { log: true });
  const restart = () => {
    restarting = restarting.then(() => start(context, log));
    return restarting;
  };
  context.subscriptions.push(
    log,
    vscode.commands.registerCommand("layercheck.restart", restart),
    vscode.commands.registerCommand("layercheck.showLog", () => log.show()),
    vscode.workspace.onDidGrantWorkspaceTrust(restart),
    vscode.workspace.onDidChangeConfiguration((event) => {
      const keys = ["enable", "importStrategy", "path", "interpreter"];
      if (keys.some((key) => event.affectsConfiguration(`${NAME}.${key}`))) {
        void restart();
      }
    }),
  );
  await restart();
  const listener = await onDidChangeSelected(restart);
  if (listener) {
    context.subscriptions.push(listener);
  }
}

export async function deactivate(): Promise<void> {
  await stop();
}

async function stop(): Promise<void> {
  const running = client;
  client = undefined;
  if (running && running.state !== State.Stopped) {
    await running.stop().catch(() => undefined);
  }
}

async function start(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): Promise<void> {
  await stop();
  const configuration = vscode.workspace.getConfiguration(NAME);
  if (!configuration.get<boolean>("enable", true)) {
    return;
  }
  try {
    client = await makeClient(context, log, configuration);
    await client.start();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    log.error(message);
    void vscode.window.showErrorMessage(`layercheck: ${message}`, "Show Log").then((chosen) => chosen && log.show());
  }
}

async function makeClient(
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
  configuration: vscode.WorkspaceConfiguration,
): Promise<LanguageClient> {
  const settings: Settings = {
    path: configuration.get("path", ""),
    interpreter: configuration.get("interpreter", ""),
    importStrategy: configuration.get("importStrategy", "fromEnvironment"),
  };
  const trusted = vscode.workspace.isTrusted;
  const folders = (vscode.workspace.workspaceFolders ?? []).map((folder) => folder.uri.fsPath);
  const bundled = context.asAbsolutePath("bundled");
  const selected = trusted ? await findSelected() : undefined;
  const server = await findServer(settings, { trusted, folders, bundled, selected });
  log.info(`starting ${[server.command, ...server.args].join(" ")} (${server.origin})`);
  const how: ServerOptions = {
    command: server.command,
    args: server.args,
    // Not in the workspace: nothing there may be what is started.
    options: { env: { ...process.env, ...server.env }, cwd: context.extensionPath },
  };
  const options: LanguageClientOptions = {
    documentSelector: SELECTOR,
    outputChannel: log,
    initializationOptions: { trusted },
    middleware: { executeCommand: askForReason },
  };
  return new LanguageClient(NAME, NAME, how, options);
}

/** A finding is accepted with a reason, or not at all. */
async function askForReason(
  command: string,
  args: unknown[],
  next: (command: string, args: unknown[]) => vscode.ProviderResult<unknown>,
): Promise<unknown> {
  if (command !== ADD_TO_BASELINE) {
    return next(command, args);
  }
  const reason = await vscode.window.showInputBox({
    title: "Add to the baseline",
    prompt: "Why is this finding accepted? It is recorded with the entry.",
  });
  return reason === undefined ? undefined : next(command, [...args, reason]);
}
