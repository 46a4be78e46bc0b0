// Starts `compliance policy lsp` for rule files; everything else is in the server.
const path = require("node:path");
const { window, workspace } = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

function commandLine() {
  const settings = workspace.getConfiguration("compliance");
  const root = workspace.workspaceFolders?.[0]?.uri.fsPath ?? "";
  const command = settings.get("command");
  const args = ["policy", "lsp", "--lang", settings.get("language")];
  for (const option of ["policies", "lexicons"]) {
    for (const folder of settings.get(option)) {
      args.push(`--${option}`, path.resolve(root, folder));
    }
  }
  const isPath = command.includes("/") || command.includes("\\");
  return { command: isPath ? path.resolve(root, command) : command, args };
}

async function activate(context) {
  if (workspace.isTrusted) {
    await start();
  } else {
    context.subscriptions.push(workspace.onDidGrantWorkspaceTrust(start));
  }
}

async function start() {
  const selector = [{ language: "compliance-rule", scheme: "file" }, { language: "compliance-rule", scheme: "untitled" }];
  client = new LanguageClient("compliance", "合规规则", commandLine(), { documentSelector: selector });
  try {
    await client.start();
  } catch (error) {
    window.showErrorMessage(`没有启动 compliance policy lsp：${error.message}。请在设置 compliance.command 里写上它的路径。`);
  }
}

function deactivate() {
  return client?.stop();
}

module.exports = { activate, deactivate };
