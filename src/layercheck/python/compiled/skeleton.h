/* The skeleton of a text: what `skeleton_search.py` does, step by step. A part of `scanner.c`, which includes it; all offsets are
   bytes, of UTF-8. */

typedef struct {
    Offset start, end, indent;
    int opens;       /* whether a block follows below it */
    Offset statement; /* which compound statement it is a head of; -1: it is an import */
} Line;

typedef struct {
    Offset indent;
    int is_kept;
} Compound;

typedef struct {
    void *items;
    Offset many, room;
} List;

typedef struct {
    Text code; /* without strings and comments */
    Offset size;
    List lines;     /* of Line: imports and heads */
    List compounds; /* of Compound */
    List around;    /* of Offset: the compound statements around a line, from the outermost */
    List words, flags, blocks;
    int failed;
} Skeleton;

static void *grow(Skeleton *found, List *list, size_t each)
{
    if (list->many == list->room) {
        Offset room = list->room ? list->room * 2 : 64;
        void *items = PyMem_Realloc(list->items, (size_t)room * each);
        if (items == NULL) {
            found->failed = 1;
            return NULL;
        }
        list->items = items;
        list->room = room;
    }
    return (char *)list->items + (size_t)list->many++ * each;
}

static void add_offset(Skeleton *found, List *list, Offset offset)
{
    Offset *place = grow(found, list, sizeof *place);
    if (place != NULL) *place = offset;
}

static void add_line(Skeleton *found, Line line)
{
    Line *place = grow(found, &found->lines, sizeof *place);
    if (place != NULL) *place = line;
}

static void hide_texts(unsigned char *code, Offset size)
{
    for (Offset at = 0; at < size; at++) {
        unsigned char byte = code[at];
        if (byte != '#' && byte != '"' && byte != '\'') continue;
        Offset end = skip_text(code, at, size);
        if (end <= at) continue;
        memset(code + at, byte == '#' ? ' ' : '_', (size_t)(end - at));
        at = end - 1;
    }
}

static Offset find_word(Text code, Offset at, Offset size)
{
    /* `import` is found by its rarest letter. */
    for (at = find_byte(code, at + 2, size, 'p'); at >= 0; at = find_byte(code, at + 1, size, 'p'))
        if (BEGINS(code, at - 2, size, "import") && !(at > 2 && IS(code[at - 3], IN_NAME)) &&
            !(at + 4 < size && IS(code[at + 4], IN_NAME)))
            return at - 2;
    return -1;
}

static void find_flags(Skeleton *found, const char *flag, Offset length)
{
    for (Offset at = find_byte(found->code, 0, found->size, flag[0]); at >= 0; at = find_byte(found->code, at + 1, found->size, flag[0]))
        if (begins_with(found->code, at, found->size, flag, length)) add_offset(found, &found->flags, at);
}

static Offset find_logical_end(Text code, Offset at, Offset size)
{
    Offset depth = 0;
    Offset first_end = find_byte(code, at, size, '\n');
    if (first_end > 0 && code[first_end - 1] != '\\') {
        Offset count[256] = {0};
        for (Offset each = at; each < first_end; each++)
            if (IS(code[each], MARK)) count[code[each]]++;
        if (is_balanced(count)) return first_end;
    }
    for (; at < size; at++) {
        unsigned char byte = code[at];
        if (byte == '\n') {
            if (depth <= 0 && code[at - 1] != '\\') return at;
        } else if (byte == '(' || byte == '[' || byte == '{') {
            depth++;
        } else if (byte == ')' || byte == ']' || byte == '}') {
            depth--;
        }
    }
    return size;
}

static Offset strip_end(Text code, Offset start, Offset end)
{
    while (end > start && (code[end - 1] == ' ' || code[end - 1] == '\t' || code[end - 1] == '\n')) end--;
    return end;
}

static int is_one_of(Text code, Offset at, Offset end, const char *words)
{
    Offset length = end - at;
    for (const char *word = words; *word; word += strlen(word) + 1)
        if ((Offset)strlen(word) == length && memcmp(code + at, word, (size_t)length) == 0) return 1;
    return 0;
}

/* Gives the end of the keyword at an offset if it begins a statement with a block, else -1; `more`: which others count. */
static Offset read_start(Text code, Offset at, Offset size, const char *more)
{
    Offset end = skip(code, at, size, IN_NAME);
    if (is_one_of(code, at, end, "async\0")) {
        Offset next = skip_blanks(code, end, size);
        Offset next_end = skip(code, next, size, IN_NAME);
        return next > end && is_one_of(code, next, next_end, "def\0for\0with\0") ? next_end : -1;
    }
    return is_one_of(code, at, end, "def\0for\0with\0class\0if\0while\0try\0match\0") || is_one_of(code, at, end, more) ? end : -1;
}

/* Finds the import statements that stand in no block, and where the blocks at the margin begin. */
static void find_at_margin(Skeleton *found)
{
    Text code = found->code;
    Offset size = found->size, end = 0;
    for (Offset at = find_byte(code, 0, size, '\n'); at >= 0 && !found->failed; at = find_byte(code, at + 1, size, '\n')) {
        Offset start = at + 1;
        if (start >= size || !IS(code[start], LETTER)) continue;
        if (read_start(code, start, size, "\0") >= 0) {
            add_offset(found, &found->blocks, start);
            continue;
        }
        Offset word_end = skip(code, start, size, IN_NAME);
        if (start < end || !is_one_of(code, start, word_end, "import\0from\0")) continue;
        end = find_logical_end(code, word_end, size);
        Offset logical_end = strip_end(code, start, end);
        if (find_word(code, start, logical_end) >= 0) add_line(found, (Line){start, logical_end, 0, 0, -1});
    }
}

/* Tells whether an offset lies in none of the lines, which are sorted. */
static int is_outside(const Line *lines, Offset many, Offset offset)
{
    Offset low = 0, high = many;
    while (low < high) {
        Offset middle = (low + high) / 2;
        if (lines[middle].start <= offset) low = middle + 1;
        else high = middle;
    }
    return low == 0 || offset >= lines[low - 1].end;
}

static int any_outside(const Line *lines, Offset many, const List *offsets)
{
    for (Offset at = 0; at < offsets->many; at++)
        if (is_outside(lines, many, ((Offset *)offsets->items)[at])) return 1;
    return 0;
}

static void keep_around(Skeleton *found, Offset indent)
{
    Compound *compounds = found->compounds.items;
    for (Offset at = 0; at < found->around.many; at++) {
        Compound *each = &compounds[((Offset *)found->around.items)[at]];
        if (each->indent < indent) each->is_kept = 1;
    }
}

static Compound *innermost(const Skeleton *found)
{
    if (found->around.many == 0) return NULL;
    return (Compound *)found->compounds.items + ((Offset *)found->around.items)[found->around.many - 1];
}

static Offset expand_tabs(Text code, Offset start, Offset end)
{
    Offset indent = 0;
    for (; start < end; start++) indent = code[start] == '\t' ? (indent / 8 + 1) * 8 : indent + 1;
    return indent;
}

/* Takes a line that is the head of a compound statement, or looks like one. */
static void take_head(Skeleton *found, Line line, int is_start, int has_import)
{
    Compound *inner;
    if (find_byte(found->code, line.start, line.end, ':') < 0) return;
    while ((inner = innermost(found)) != NULL && (inner->indent > line.indent || (is_start && inner->indent == line.indent)))
        found->around.many--;
    if (is_start) {
        Compound *place = grow(found, &found->compounds, sizeof *place);
        if (place == NULL) return;
        *place = (Compound){line.indent, 0};
        add_offset(found, &found->around, found->compounds.many - 1);
    } else if (inner == NULL || inner->indent != line.indent) {
        return;
    }
    if (found->failed) return;
    line.statement = ((Offset *)found->around.items)[found->around.many - 1];
    add_line(found, line);
    if (has_import) keep_around(found, line.indent + 1);
}

/* Adds the import statements and the heads of a block; those around imports are kept. `end` is where the last line of the
   block before ends, which may lie in this one; gives it for this block. */
static Offset divide(Skeleton *found, Offset first, Offset last, Offset end)
{
    Text code = found->code;
    found->around.many = 0;
    for (Offset at = first - 1; at >= 0 && !found->failed; at = find_byte(code, at + 1, last, '\n')) {
        Offset start = at + 1, word = skip_blanks(code, start, last);
        if (start < end || word >= last || !IS(code[word], LETTER)) continue;
        Offset word_end = skip(code, word, last, IN_NAME), start_end = read_start(code, word, last, "case\0");
        int is_import = is_one_of(code, word, word_end, "import\0from\0");
        if (start_end >= 0) word_end = start_end;
        else if (!is_import && !is_one_of(code, word, word_end, "elif\0else\0except\0finally\0")) continue;
        end = find_logical_end(code, word_end, found->size);
        Offset logical_end = strip_end(code, start, end);
        int opens = logical_end > start && code[logical_end - 1] == ':';
        Line line = {start, logical_end, expand_tabs(code, start, word), opens, -1};
        int has_import = find_word(code, start, logical_end) >= 0;
        if (!is_import) {
            take_head(found, line, start_end >= 0, has_import);
        } else if (has_import && word > start) {
            line.opens = 0;
            add_line(found, line);
            keep_around(found, line.indent);
        }
    }
    return end;
}

static void mark_blocks(const Skeleton *found, const List *offsets, Offset many_imports, char *is_wanted)
{
    const Offset *starts = found->blocks.items;
    for (Offset at = 0; at < offsets->many; at++) {
        Offset offset = ((Offset *)offsets->items)[at], low = 0, high = found->blocks.many;
        if (!is_outside(found->lines.items, many_imports, offset)) continue;
        while (low < high) {
            Offset middle = (low + high) / 2;
            if (starts[middle] <= offset) low = middle + 1;
            else high = middle;
        }
        if (low > 0) is_wanted[low - 1] = 1;
    }
}

static void divide_blocks(Skeleton *found)
{
    Offset many = found->blocks.many;
    char *is_wanted = PyMem_Calloc((size_t)many + 1, 1);
    if (is_wanted == NULL) {
        found->failed = 1;
        return;
    }
    Offset many_imports = found->lines.many;
    mark_blocks(found, &found->words, many_imports, is_wanted);
    mark_blocks(found, &found->flags, many_imports, is_wanted);
    const Offset *starts = found->blocks.items;
    Offset end = 0;
    for (Offset at = 0; at < many; at++)
        if (is_wanted[at]) end = divide(found, starts[at], at + 1 < many ? starts[at + 1] : found->size, end);
    PyMem_Free(is_wanted);
}

static int compare_lines(const void *one, const void *other)
{
    Offset first = ((const Line *)one)->start, second = ((const Line *)other)->start;
    return (first > second) - (first < second);
}

static char *write_line_ends(Text text, Offset start, Offset end, char *out)
{
    for (start = find_byte(text, start, end, '\n'); start >= 0; start = find_byte(text, start + 1, end, '\n')) *out++ = '\n';
    return out;
}

static PyObject *write_skeleton(Text text, Offset size, const Line *kept, Offset many)
{
    /* In a broken text lines may lie in each other. */
    Offset most = size + 1, end = 0;
    for (Offset at = 0; at < many; at++) most += kept[at].end - kept[at].start + 5;
    char *buffer = PyMem_Malloc((size_t)most), *out = buffer;
    if (buffer == NULL) return PyErr_NoMemory();
    for (Offset at = 0; at < many; at++) {
        const Line *line = &kept[at];
        out = write_line_ends(text, end, line->start, out);
        memcpy(out, text + line->start, (size_t)(line->end - line->start));
        out += line->end - line->start;
        end = line->end;
        if (line->opens && (at + 1 == many || kept[at + 1].indent <= line->indent)) {
            memcpy(out, " pass", 5);
            out += 5;
        }
    }
    out = write_line_ends(text, end, size, out);
    /* The first line end is not of the text. */
    PyObject *skeleton = PyUnicode_DecodeUTF8(buffer + 1, out - buffer - 1, "strict");
    PyMem_Free(buffer);
    return skeleton;
}

static PyObject *build_skeleton(Skeleton *found, Text text)
{
    for (Offset at = find_word(found->code, 0, found->size); at >= 0; at = find_word(found->code, at + 6, found->size))
        add_offset(found, &found->words, at);
    find_flags(found, "TYPE_CHECKING", 13);
    find_flags(found, "MYPY", 4);
    find_at_margin(found);
    if (!found->failed) divide_blocks(found);
    if (found->failed) return PyErr_NoMemory();
    Line *lines = found->lines.items;
    Offset many = found->lines.many, kept = 0;
    if (many) qsort(lines, (size_t)many, sizeof *lines, compare_lines);
    if (any_outside(lines, many, &found->flags)) Py_RETURN_NONE;
    for (Offset at = 0; at < many; at++)
        if (lines[at].statement < 0 || ((Compound *)found->compounds.items)[lines[at].statement].is_kept) lines[kept++] = lines[at];
    if (any_outside(lines, kept, &found->words)) Py_RETURN_NONE;
    return write_skeleton(text, found->size, lines, kept);
}

static PyObject *cut_skeleton(PyObject *module, PyObject *source)
{
    (void)module;
    Offset size;
    const char *data = PyUnicode_AsUTF8AndSize(source, &size);
    if (data == NULL) return NULL;
    if (find_byte((Text)data, 0, size, '\r') >= 0 || find_byte((Text)data, 0, size, '\f') >= 0) Py_RETURN_NONE;
    /* Before both comes a line end, so that the first line begins like all others. */
    unsigned char *text = PyMem_Malloc(2 * (size_t)(size + 1));
    if (text == NULL) return PyErr_NoMemory();
    unsigned char *code = text + size + 1;
    text[0] = '\n';
    memcpy(text + 1, data, (size_t)size);
    memcpy(code, text, (size_t)(size + 1));
    hide_texts(code, size + 1);
    Skeleton found = {0};
    found.code = code;
    found.size = size + 1;
    PyObject *skeleton = build_skeleton(&found, text);
    PyMem_Free(found.lines.items);
    PyMem_Free(found.compounds.items);
    PyMem_Free(found.around.items);
    PyMem_Free(found.words.items);
    PyMem_Free(found.flags.items);
    PyMem_Free(found.blocks.items);
    PyMem_Free(text);
    return skeleton;
}
