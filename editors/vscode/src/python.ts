// The interpreter that the user has chosen in the Python extension, if there is one.

import * as vscode from "vscode";

interface PythonApi {
  environments: {
    getActiveEnvironmentPath(resource?: vscode.Uri): { path: string };
    onDidChangeActiveEnvironmentPath: vscode.Event<unknown>;
  };
}

async function findApi(): Promise<PythonApi | undefined> {
  const extension = vscode.extensions.getExtension<PythonApi>("ms-python.python");
  try {
    return await extension?.activate();
  } catch {
    return undefined; // its trouble, and it says so itself
  }
}

export async function findSelected(): Promise<string | undefined> {
  const api = await findApi();
  return api?.environments.getActiveEnvironmentPath(vscode.workspace.workspaceFolders?.[0]?.uri).path;
}

export async function onDidChangeSelected(listener: () => void): Promise<vscode.Disposable | undefined> {
  return (await findApi())?.environments.onDidChangeActiveEnvironmentPath(listener);
}
