// The packaged extension in a real VS Code: code-server, driven in a Chromium without a window.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const VSIX = fileURLToPath(new URL("../build/layercheck.vsix", import.meta.url));
const OWN_PYTHON = fileURLToPath(new URL("../../../.venv/bin/python", import.meta.url));
const FILES = {
  "pyproject.toml": '[project]\nname = "shop"\nversion = "1.0"\n\n[tool.layercheck]\nlayers = ["services", "models"]\n',
  "app/__init__.py": "",
  "app/services/__init__.py": "",
  "app/services/pricing.py": "from app.models.order import Order\n\n\ndef total_of(order: Order) -> int:\n    return order.quantity\n",
  "app/models/__init__.py": "",
  "app/models/order.py": "\n\nclass Order:\n    quantity: int\n",
};
const MODIFIER = process.platform === "darwin" ? "Meta" : "Control";

function findProgram(variable, ...names) {
  if (process.env[variable]) {
    return process.env[variable];
  }
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  return names.flatMap((name) => folders.map((folder) => path.join(folder, name))).find((file) => existsSync(file));
}

const server = findProgram("LAYERCHECK_CODE_SERVER", "code-server");
const browser = findProgram("LAYERCHECK_CHROMIUM", "chromium", "chromium-browser", "google-chrome");
const missing = [
  server ? "" : "there is no code-server (PATH, or LAYERCHECK_CODE_SERVER)",
  browser ? "" : "there is no Chromium (PATH, or LAYERCHECK_CHROMIUM)",
  existsSync(VSIX) ? "" : "there is no build/layercheck.vsix: run `npm run package`",
].filter(Boolean);

/** The command line of code-server, which is a program or a script for Node.js. */
function commandOf(...args) {
  return server.endsWith(".js") ? [process.execPath, [server, ...args]] : [server, args];
}

async function findPort() {
  const listener = createServer();
  await new Promise((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const { port } = listener.address();
  await new Promise((resolve) => listener.close(resolve));
  return port;
}

function prepare(folder) {
  for (const [name, text] of Object.entries(FILES)) {
    const file = path.join(folder, "shop", name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  mkdirSync(path.join(folder, "data", "User"), { recursive: true });
  const settings = {
    "layercheck.importStrategy": "bundled",
    "layercheck.interpreter": process.env.LAYERCHECK_PYTHON ?? OWN_PYTHON,
    "workbench.startupEditor": "none",
    "files.autoSave": "off",
    "editor.quickSuggestions": { other: "off", comments: "off", strings: "off" },
  };
  writeFileSync(path.join(folder, "data", "User", "settings.json"), JSON.stringify(settings));
}

/** Start code-server with the extension, and wait until it answers. */
async function start(folder) {
  const places = ["--user-data-dir", path.join(folder, "data"), "--extensions-dir", path.join(folder, "extensions")];
  const [program, install] = commandOf(...places, "--install-extension", VSIX);
  execFileSync(program, install, { stdio: "pipe", timeout: 60_000 });
  const url = `http://127.0.0.1:${await findPort()}`;
  const quiet = ["--auth", "none", "--disable-telemetry", "--disable-update-check", "--disable-workspace-trust"];
  const [again, args] = commandOf(...places, ...quiet, "--bind-addr", new URL(url).host);
  const running = spawn(again, args, { stdio: "ignore", env: { ...process.env, PYTHONPATH: "" } });
  for (let tries = 0; ; tries += 1) {
    try {
      await fetch(`${url}/healthz`);
      return { url, running };
    } catch (error) {
      if (tries === 150) {
        running.kill();
        throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

async function drive(page, url, folder) {
  const file = path.join(folder, "shop", "app", "models", "order.py");
  const query = new URLSearchParams({
    folder: path.join(folder, "shop"),
    payload: JSON.stringify([["openFile", `vscode-remote://${new URL(url).host}${file}`]]),
  });
  await page.goto(`${url}/?${query}`, { waitUntil: "domcontentloaded" });
  await page.locator(".monaco-editor .view-line", { hasText: "class Order" }).click();
  await page.keyboard.press(`${MODIFIER}+Home`);
  await page.keyboard.type("from app.services import pricing");
  await page.keyboard.press("Escape");
  await page.waitForSelector(".squiggly-error");
  assert.ok(!readFileSync(file, "utf-8").includes("pricing"), "the finding is about the text that nobody has saved");

  await page.keyboard.press(`${MODIFIER}+Shift+M`);
  const problem = page.locator(".markers-panel .monaco-list-row", { hasText: "LC101" });
  await problem.waitFor();
  assert.match((await problem.textContent()) ?? "", /`models` must not import `services`, a higher layer.*layercheck/s);

  await page.locator(".monaco-editor .view-line", { hasText: "pricing" }).first().click({ position: { x: 190, y: 8 } });
  await page.keyboard.press(`${MODIFIER}+.`);
  await page.locator(".action-widget .monaco-list-row.focused", { hasText: "Ignore LC101 here" }).waitFor();
  await page.keyboard.press("Enter");
  await page.locator(".monaco-editor .view-line", { hasText: "layercheck: ignore[LC101]" }).waitFor();
  await page.waitForSelector(".squiggly-error", { state: "detached" });
}

test("a forbidden import is underlined as it is typed, and goes with its quick fix", {
  skip: missing.join("; ") || false,
  timeout: 300_000,
}, async () => {
  const { chromium } = await import("playwright-core");
  const folder = mkdtempSync(path.join(tmpdir(), "layercheck-vscode-"));
  let running;
  let window;
  try {
    prepare(folder);
    const started = await start(folder);
    running = started.running;
    window = await chromium.launch({ executablePath: browser, args: ["--no-sandbox", "--disable-gpu"] });
    const page = await window.newPage({ viewport: { width: 1180, height: 640 } });
    page.setDefaultTimeout(90_000);
    try {
      await drive(page, started.url, folder);
    } catch (error) {
      const picture = path.join(tmpdir(), "layercheck-vscode.png");
      await page.screenshot({ path: picture });
      throw new Error(`${error.message}\nwhat was to be seen: ${picture}`, { cause: error });
    }
  } finally {
    await window?.close();
    running?.kill();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
});
