// A web view whose button asks the extension host for a number and shows it: nothing else.
const vscode = require('vscode');

exports.activate = context => {
  context.subscriptions.push(
    vscode.commands.registerCommand('bareWebview.open', () => {
      const panel = vscode.window.createWebviewPanel('bareWebview', 'Bare', vscode.ViewColumn.One, { enableScripts: true });
      let count = 0;
      panel.webview.onDidReceiveMessage(() => panel.webview.postMessage({ count: ++count }));
      panel.webview.html = `<!doctype html><button id="add">Add</button><p id="count">count: 0</p><script>
        const api = acquireVsCodeApi();
        document.getElementById('add').addEventListener('click', () => api.postMessage({}));
        addEventListener('message', event => (document.getElementById('count').textContent = 'count: ' + event.data.count));
      </script>`;
    }),
  );
};
