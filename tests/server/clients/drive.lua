-- Drives Neovim: opens a file, types a forbidden import, waits for the finding, suppresses it, and reports as JSON.
local user, glue, snippet, report = unpack(vim.fn.json_decode(vim.env.DRIVE))
local result = {}

local function wait_for(what, condition)
  if not vim.wait(60000, condition, 20) then
    result.failed = what
    vim.fn.writefile({ vim.fn.json_encode(result) }, report)
    vim.cmd("cquit 1")
  end
end

local function list(buffer)
  local found = {}
  for _, each in ipairs(vim.diagnostic.get(buffer or 0)) do
    table.insert(found, { each.code, each.lnum, each.col, each.end_col, each.source })
  end
  return found
end

-- What the documentation says that users write.
assert(loadstring(snippet))()

vim.cmd.edit(glue)
local other = vim.api.nvim_get_current_buf()
vim.cmd.edit(user)
wait_for("client", function() return #vim.lsp.get_clients({ bufnr = 0 }) == 1 and vim.lsp.get_clients({ bufnr = 0 })[1].initialized end)

vim.api.nvim_buf_set_lines(0, 0, -1, false, { "X = '🙂漢'; import app.services.rates" })
wait_for("finding", function() return #list() == 1 end)
result.found = list()

-- A finding in another buffer, which this one causes.
vim.api.nvim_buf_set_lines(0, 0, -1, false, { "import app.glue" })
wait_for("finding elsewhere", function() return #list(other) == 1 and #list() == 0 end)
result.elsewhere = list(other)

vim.api.nvim_buf_set_lines(0, 0, -1, false, { "X = '🙂漢'; import app.services.rates" })
wait_for("finding again", function() return #list() == 1 and #list(other) == 0 end)
vim.api.nvim_win_set_cursor(0, { 1, 30 })
vim.lsp.buf.code_action({
  apply = true,
  filter = function(action) return action.title == "Ignore LC101 here" end,
})
wait_for("action", function() return #list() == 0 and vim.api.nvim_buf_get_lines(0, 0, 1, false)[1]:find("layercheck: ignore", 1, true) end)
result.text = vim.api.nvim_buf_get_lines(0, 0, -1, false)
result.modified = vim.bo.modified

vim.fn.writefile({ vim.fn.json_encode(result) }, report)
vim.cmd("qall!")
