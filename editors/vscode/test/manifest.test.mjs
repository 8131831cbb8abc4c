// The manifest says what the extension and the server do.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const read = (name) => readFileSync(new URL(`../${name}`, import.meta.url), "utf-8");
const manifest = JSON.parse(read("package.json"));
const source = read("src/extension.ts");

test("every command is the extension's own or the server's", () => {
  const own = [...source.matchAll(/registerCommand\("([^"]+)"/g)].map((match) => match[1]);
  const served = ["add_to_baseline", "check_workspace", "debug_information", "explain", "show_roles"]
    .map((module) => read(`../../src/layercheck/server/commands/${module}.py`))
    .map((text) => text.match(/^NAME = "([^"]+)"/m)[1]);
  for (const { command } of manifest.contributes.commands) {
    assert.ok(own.includes(command) || served.includes(command), command);
    // The client registers the server's: one that both register would not start.
    assert.ok(!(own.includes(command) && served.includes(command)), command);
  }
});

test("every setting that names a program is restricted to trusted workspaces", () => {
  const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
  const settings = Object.keys(manifest.contributes.configuration.properties);
  assert.ok(restrictedConfigurations.every((each) => settings.includes(each)));
  assert.deepEqual(restrictedConfigurations, ["layercheck.path", "layercheck.interpreter", "layercheck.importStrategy"]);
});

test("the version is that of layercheck", () => {
  const version = read("../../src/layercheck/version.py").match(/"(\d+\.\d+\.\d+)/)[1];
  assert.equal(manifest.version, version);
});
