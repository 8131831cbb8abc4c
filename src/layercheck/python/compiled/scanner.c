/* The searches of the scan, of the outline and of the skeleton: what `scan.py`, `outline.py` and `skeleton_search.py` do with
   regular expressions. Both must find the same; tests hold one against the other. Only the stable interface of Python 3.11 is
   used, so one build serves all later versions. */

#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x030B0000
#include <Python.h>
#include <stdlib.h>
#include <string.h>

typedef const unsigned char *Text;
typedef Py_ssize_t Offset;

enum { LETTER = 1, DIGIT = 2, WIDE = 4, MARK = 8, KEY = 16 };
#define IN_WORD (LETTER | DIGIT)
#define IN_NAME (LETTER | DIGIT | WIDE)

/* LETTER: [A-Za-z_], DIGIT: [0-9], WIDE: bytes above ASCII, MARK: brackets and `<`, KEY: bytes at which flags are looked for. */
static unsigned char kind_of[256];

static void fill_table(void)
{
    for (int byte = 0; byte < 256; byte++) {
        unsigned char kind = 0;
        if ((byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_') kind |= LETTER;
        if (byte >= '0' && byte <= '9') kind |= DIGIT;
        if (byte >= 0x80) kind |= WIDE;
        if (byte && strchr("()[]{}<", byte)) kind |= MARK;
        if (byte && strchr("_vxyYCf", byte)) kind |= KEY;
        kind_of[byte] = kind;
    }
}

#define IS(byte, kinds) (kind_of[(unsigned char)(byte)] & (kinds))

static int ends_with(Text text, Offset at, const char *word, Offset length)
{
    return at >= length && memcmp(text + at - length, word, (size_t)length) == 0;
}

static int begins_with(Text text, Offset at, Offset size, const char *word, Offset length)
{
    return size - at >= length && memcmp(text + at, word, (size_t)length) == 0;
}

#define ENDS(text, at, word) ends_with(text, at, word, (Offset)sizeof(word) - 1)
#define BEGINS(text, at, size, word) begins_with(text, at, size, word, (Offset)sizeof(word) - 1)

static Offset find_byte(Text text, Offset at, Offset size, char byte)
{
    const void *found = at < size ? memchr(text + at, byte, (size_t)(size - at)) : NULL;
    return found == NULL ? -1 : (Offset)((Text)found - text);
}

static Offset skip(Text text, Offset at, Offset size, int kinds)
{
    while (at < size && IS(text[at], kinds)) at++;
    return at;
}

static Offset skip_blanks(Text text, Offset at, Offset size)
{
    while (at < size && (text[at] == ' ' || text[at] == '\t')) at++;
    return at;
}

static int is_space(unsigned char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

static Offset skip_spaces(Text text, Offset at, Offset size)
{
    while (at < size && is_space(text[at])) at++;
    return at;
}

static Offset skip_dotted(Text text, Offset at, Offset size, int kinds)
{
    while (at < size && (IS(text[at], kinds) || text[at] == '.')) at++;
    return at;
}

/* Adds a new reference to a list and gives it up; -1 with an error set where that fails. */
static int add(PyObject *list, PyObject *item)
{
    if (item == NULL) return -1;
    int failed = PyList_Append(list, item);
    Py_DECREF(item);
    return failed;
}

static int add_text(PyObject *list, Text text, Offset start, Offset end)
{
    return add(list, PyUnicode_DecodeUTF8((const char *)text + start, end - start, "replace"));
}

/* Imports */

/* What an import statement that fills its line takes, written as the scan writes it; see `_USUAL` in `scan.py`. */
typedef struct {
    Offset module, module_end; /* both -1 without `from` */
    Offset names, names_end;   /* between the parentheses, where there are any */
    Offset end;                /* of the statement */
} Statement;

static Offset skip_alias(Text text, Offset at, Offset size)
{
    if (!BEGINS(text, at, size, " as ")) return at;
    Offset end = skip(text, at + 4, size, IN_NAME);
    return end > at + 4 ? end : at;
}

static Offset read_plain_names(Text text, Offset at, Offset size)
{
    for (;;) {
        Offset end = skip_dotted(text, at, size, IN_NAME);
        if (end == at) return -1;
        end = skip_alias(text, end, size);
        if (end >= size || text[end] != ',') return end;
        Offset next = end + 1;
        while (next < size && text[next] == ' ') next++;
        if (skip_dotted(text, next, size, IN_NAME) == next) return end;
        at = next;
    }
}

/* Reads a statement at the beginning of a line; tells whether it is one that fills its line. */
static int read_usual(Text text, Offset line, Offset size, Statement *found)
{
    Offset at = line;
    while (at < size && (text[at] == ' ' || text[at] == '\t' || text[at] == '\f')) at++;
    found->module = found->module_end = -1;
    if (BEGINS(text, at, size, "from")) {
        Offset module = skip_blanks(text, at + 4, size);
        Offset end = skip_dotted(text, module, size, IN_NAME);
        Offset next = skip_blanks(text, end, size);
        if (module > at + 4 && end > module && next > end) {
            found->module = module;
            found->module_end = end;
            at = next;
        }
    }
    if (!BEGINS(text, at, size, "import")) return 0;
    Offset names = skip_blanks(text, at + 6, size);
    if (names == at + 6) return 0;
    if (names < size && text[names] == '(') {
        Offset end = names + 1;
        while (end < size && (is_space(text[end]) || text[end] == ',' || IS(text[end], IN_NAME))) end++;
        if (end >= size || text[end] != ')') return 0;
        found->names = names + 1;
        found->names_end = end;
        found->end = end + 1;
    } else {
        Offset end = read_plain_names(text, names, size);
        if (end < 0) return 0;
        found->names = names;
        found->names_end = found->end = end;
    }
    found->end = skip_blanks(text, found->end, size);
    return found->end >= size || text[found->end] == '\n' || text[found->end] == '#' || text[found->end] == ';';
}

/* Writes names without spaces and without what `as` gives them; gives the end. `import a as b` becomes `a:`. */
static char *write_names(Text text, Offset at, Offset end, int keeps_alias, char *out)
{
    int is_first = 1;
    while (at < end) {
        if (is_space(text[at])) {
            Offset next = skip_spaces(text, at, end);
            /* ` as name`, which needs a name before it. */
            if (!is_first && end - next > 2 && text[next] == 'a' && text[next + 1] == 's' && is_space(text[next + 2])) {
                Offset name = skip_spaces(text, next + 2, end);
                Offset after = skip(text, name, end, IN_NAME);
                if (after > name) {
                    if (keeps_alias) *out++ = ':';
                    at = after;
                    continue;
                }
            }
            at = next;
            continue;
        }
        is_first = 0;
        *out++ = (char)text[at++];
    }
    return out;
}

static int add_imports(Text text, const Statement *statement, int is_indented, PyObject *found, PyObject *indented)
{
    int has_module = statement->module >= 0;
    Offset names_end = statement->names_end;
    if (text[statement->names - 1] == '(')
        while (names_end > statement->names && (text[names_end - 1] == ',' || is_space(text[names_end - 1]))) names_end--;
    Offset module_size = has_module ? statement->module_end - statement->module + 1 : 0;
    char small[512], *buffer = small;
    Offset most = module_size + (names_end - statement->names) + 1;
    if (most > (Offset)sizeof small && (buffer = PyMem_Malloc((size_t)most)) == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    char *out = buffer;
    if (has_module) {
        memcpy(out, text + statement->module, (size_t)(module_size - 1));
        out += module_size - 1;
        *out++ = ':';
    }
    char *end = write_names(text, statement->names, names_end, !has_module, out);
    int failed = 0;
    char *start = buffer;
    while (!failed) {
        char *stop = end;
        if (!has_module) {
            char *comma = memchr(start, ',', (size_t)(end - start));
            if (comma != NULL) stop = comma;
        }
        PyObject *item = PyBytes_FromStringAndSize(start, stop - start);
        if (item == NULL) { failed = -1; break; }
        failed = PyList_Append(found, item);
        if (!failed && is_indented) failed = PyList_Append(indented, item);
        Py_DECREF(item);
        if (stop == end) break;
        start = stop + 1;
    }
    if (buffer != small) PyMem_Free(buffer);
    return failed;
}

/* Tells whether the word `import` at an offset may belong to a statement that `_read_unusual` in `scan.py` must read. */
static int may_be_unusual(Text text, Offset at, Offset size)
{
    if (at + 6 < size && IS(text[at + 6], IN_NAME)) return 0;
    if (at > 0 && (text[at - 1] == 0 || strchr(" \t\f\n;:.", text[at - 1]) == NULL)) return 0;
    return 1;
}

static PyObject *find_imports(PyObject *module, PyObject *source)
{
    (void)module;
    char *data;
    Offset size;
    if (PyBytes_AsStringAndSize(source, &data, &size) < 0) return NULL;
    Text text = (Text)data;
    PyObject *found = PyList_New(0), *indented = PyList_New(0);
    Offset at = 0, line = 0, checked = 0;
    int failed = found == NULL || indented == NULL, has_unusual = 0;
    while (!failed) {
        /* `import` is found by its rarest letter. */
        at = find_byte(text, at + 2, size, 'p');
        if (at < 0) break;
        at -= 2;
        if (!BEGINS(text, at, size, "import")) { at++; continue; }
        Offset start = at;
        while (start > checked && text[start - 1] != '\n') start--;
        if (start > checked || (start > 0 && text[start - 1] == '\n')) line = start;
        checked = at;
        Statement statement;
        int is_usual = read_usual(text, line, size, &statement);
        if (!is_usual || statement.end < at || (line > 1 && text[line - 2] == '\\')) {
            if (may_be_unusual(text, at, size)) {
                failed = add(found, PyLong_FromSsize_t(at)) < 0;
                has_unusual = 1;
            }
            at += 6;
            continue;
        }
        failed = add_imports(text, &statement, text[line] <= ' ', found, indented) < 0;
        at = statement.end;
    }
    PyObject *all = failed ? NULL : PyTuple_Pack(3, found, indented, has_unusual ? Py_True : Py_False);
    Py_XDECREF(found);
    Py_XDECREF(indented);
    return all;
}

/* Flags */

/* What stands in a text, each bit only as sure as the name says; `scan.py` has the same numbers. */
enum { MAY_CALL = 1, MAY_COMMENT = 2, EXPORTS = 4, IS_BROKEN = 8, MAY_NOQA = 16, HAS_DEF = 32, HAS_TEST = 64 };

/* Gives the end of a string or comment that begins here, as STRING_OR_COMMENT in `source_text.py` does; -1: there is none. */
static Offset skip_text(Text text, Offset at, Offset size)
{
    unsigned char quote = text[at];
    if (quote == '#') {
        Offset end = find_byte(text, at, size, '\n');
        return end < 0 ? size : end;
    }
    if (at + 2 < size && text[at + 1] == quote && text[at + 2] == quote) {
        Offset end = at + 3;
        while (end < size && !(text[end] == quote && end + 2 < size && text[end + 1] == quote && text[end + 2] == quote))
            end += text[end] == '\\' ? 2 : 1;
        if (end < size) return end + 3;
    }
    for (Offset end = at + 1; end < size; end++) {
        if (text[end] == quote) return end + 1;
        if (text[end] == '\n') return -1;
        if (text[end] == '\\') end++;
    }
    return -1;
}

static int is_balanced(const Offset *count)
{
    return count['('] == count[')'] && count['['] == count[']'] && count['{'] == count['}'];
}

static int is_code_balanced(Text text, Offset size)
{
    Offset count[256] = {0};
    for (Offset at = 0; at < size; at++) {
        unsigned char byte = text[at];
        if (byte == '#' || byte == '"' || byte == '\'') {
            Offset end = skip_text(text, at, size);
            if (end > at) at = end - 1;
        } else {
            count[byte]++;
        }
    }
    return is_balanced(count);
}

static int is_layercheck(Text text, Offset at, Offset size)
{
    static const char word[] = "layercheck";
    if (size - at < 10) return 0;
    for (int index = 0; index < 10; index++)
        if ((text[at + index] | 0x20) != (unsigned char)word[index]) return 0;
    return 1;
}

static int holds_word(Text text, Offset size, const char *word, Offset length)
{
    for (Offset at = find_byte(text, 0, size, word[0]); at >= 0; at = find_byte(text, at + 1, size, word[0]))
        if (begins_with(text, at, size, word, length)) return 1;
    return 0;
}

/* Tells whether one of the CALL_TRACES in `scan_flags.py` with an underscore may stand here. */
static int is_call_trace(Text text, Offset at, Offset size)
{
    if (ENDS(text, at, "import") || ENDS(text, at, "resolve")) return 1;
    if (ENDS(text, at, "load")) return BEGINS(text, at, size, "_source") || BEGINS(text, at, size, "_module");
    if (ENDS(text, at, "module")) return BEGINS(text, at, size, "_from_spec");
    return ENDS(text, at, "lazy") && BEGINS(text, at, size, "_loader");
}

static PyObject *find_signs(PyObject *module, PyObject *source)
{
    (void)module;
    char *data;
    Offset size;
    if (PyBytes_AsStringAndSize(source, &data, &size) < 0) return NULL;
    Text text = (Text)data;
    long signs = 0;
    int has_runner = 0;
    Offset count[256] = {0};
    for (Offset at = 0; at < size; at++) {
        unsigned char byte = text[at];
        unsigned char kind = kind_of[byte] & (MARK | KEY);
        if (!kind) continue;
        if (kind & MARK) {
            count[byte]++;
            if (byte == '<' && at > 0 && text[at - 1] == '\n' && BEGINS(text, at, size, "<<<<<<< ")) signs |= IS_BROKEN;
            continue;
        }
        switch (byte) {
        case '_':
            if (BEGINS(text, at, size, "__all__")) signs |= EXPORTS;
            if (is_call_trace(text, at, size)) signs |= MAY_CALL;
            if (ENDS(text, at, "def test")) signs |= HAS_TEST;
            break;
        case 'v':
        case 'x':
            if (at == 0 || text[at - 1] != 'e' || !(BEGINS(text, at, size, "xec") || BEGINS(text, at, size, "val"))) break;
            has_runner = 1;
            if (at + 3 < size && IS(text[at + 3], IN_WORD)) break;
            if (at < 2 || !(IS(text[at - 2], IN_WORD) || text[at - 2] == '.')) signs |= MAY_CALL;
            break;
        case 'y':
            if (ENDS(text, at, "runp") || ENDS(text, at, "machiner") || (ENDS(text, at, "p") && BEGINS(text, at, size, "ydoc")))
                signs |= MAY_CALL;
            if (at > 1 && is_layercheck(text, at - 2, size)) signs |= MAY_COMMENT;
            break;
        case 'Y':
            if (at > 1 && is_layercheck(text, at - 2, size)) signs |= MAY_COMMENT;
            break;
        case 'C':
            if (at > 0 && text[at - 1] == 'L' && at + 1 < size && IS(text[at + 1], DIGIT)) signs |= MAY_NOQA;
            break;
        default:
            if (!(signs & HAS_DEF) && ENDS(text, at, "de") && BEGINS(text, at, size, "f ")) signs |= HAS_DEF;
        }
    }
    if (has_runner && holds_word(text, size, "builtins", 8)) signs |= MAY_CALL;
    if (!is_balanced(count) && !is_code_balanced(text, size)) signs |= IS_BROKEN;
    return PyLong_FromLong(signs);
}

/* Tells whether a string may hold code, as f-strings and t-strings do. */
static int is_interpolated(Text text, Offset quote)
{
    Offset at = quote - 1;
    if (at > 0 && (text[at] | 0x20) == 'r') at--;
    return at >= 0 && ((text[at] | 0x20) == 'f' || (text[at] | 0x20) == 't');
}

static PyObject *drop_texts(PyObject *module, PyObject *source)
{
    (void)module;
    char *data;
    Offset size;
    if (PyBytes_AsStringAndSize(source, &data, &size) < 0) return NULL;
    Text text = (Text)data;
    char *kept = PyMem_Malloc((size_t)size + 1), *out = kept;
    if (kept == NULL) return PyErr_NoMemory();
    Offset at = 0;
    while (at < size) {
        unsigned char byte = text[at];
        Offset end = byte == '#' || byte == '"' || byte == '\'' ? skip_text(text, at, size) : -1;
        if (end < 0) {
            *out++ = (char)byte;
            at++;
        } else if (is_interpolated(text, at)) {
            memcpy(out, text + at, (size_t)(end - at));
            out += end - at;
            at = end;
        } else {
            *out++ = ' ';
            at = end;
        }
    }
    PyObject *code = PyBytes_FromStringAndSize(kept, out - kept);
    PyMem_Free(kept);
    return code;
}

#include "skeleton.h"

/* Outlines; the alternatives of `_LINE` in `outline.py`, each of which gives the end of what it reads, or -1. */

typedef struct {
    PyObject *classes, *decorators, *calls, *made, *local;
    long functions, takers;
    int failed;
} Outline;

enum { LONGEST_BASES = 400, LONGEST_ANNOTATION = 80 };

static Offset skip_annotation(Text text, Offset at, Offset size)
{
    if (at >= size || text[at] != ':') return at;
    Offset end = at + 1;
    while (end < size && end - at <= LONGEST_ANNOTATION && text[end] != '=' && text[end] != '\n') end++;
    return end > at + 1 ? end : at;
}

/* Reads ` = name` up to what follows the name, which `opening` must hold; -1 where it does not. */
static Offset read_assigned(Text text, Offset at, Offset size, const char *opening, Offset *name)
{
    at = skip_annotation(text, skip_blanks(text, at, size), size);
    if (at >= size || text[at] != '=') return -1;
    *name = skip_blanks(text, at + 1, size);
    if (*name >= size || !IS(text[*name], LETTER)) return -1;
    Offset end = skip_dotted(text, *name, size, IN_WORD);
    return end < size && text[end] && strchr(opening, text[end]) ? end : -1;
}

static Offset read_class(Text text, Offset line, Offset size, Outline *outline)
{
    if (!BEGINS(text, line, size, "class")) return -1;
    Offset name = skip_blanks(text, line + 5, size), name_end = skip(text, name, size, IN_WORD);
    if (name == line + 5 || name_end == name) return -1;
    Offset at = skip_blanks(text, name_end, size);
    if (at < size && text[at] == '[') {
        Offset end = at + 1;
        while (end < size && text[end] != ']' && text[end] != '\n') end++;
        if (end < size && text[end] == ']') at = end + 1;
    }
    Offset bases = at, bases_end = at;
    if (at < size && text[at] == '(') {
        Offset most = at + 1 + LONGEST_BASES < size ? at + 1 + LONGEST_BASES : size - 1;
        Offset end = find_byte(text, at + 1, most + 1, ')');
        if (end >= 0) {
            bases = at + 1;
            bases_end = end;
            at = end + 1;
        }
    }
    at = skip_blanks(text, at, size);
    if (at >= size || text[at] != ':') return -1;
    PyObject *item = Py_BuildValue("(s#y#)", (const char *)text + name, name_end - name, (const char *)text + bases, bases_end - bases);
    outline->failed |= add(outline->classes, item) < 0;
    return at + 1;
}

static Offset read_function(Text text, Offset at, Offset size, int is_method, Outline *outline)
{
    if (BEGINS(text, at, size, "async")) {
        Offset next = skip_blanks(text, at + 5, size);
        if (next > at + 5) at = next;
    }
    if (!BEGINS(text, at, size, "def")) return -1;
    Offset name = skip_blanks(text, at + 3, size), name_end = skip(text, name, size, IN_WORD);
    if (name == at + 3 || name_end == name) return -1;
    at = skip_blanks(text, name_end, size);
    if (at >= size || text[at] != '(') return -1;
    at = skip_spaces(text, at + 1, size);
    if (BEGINS(text, at, size, "self,")) at = skip_spaces(text, at + 5, size);
    int takes_request = BEGINS(text, at, size, "request") && !(at + 7 < size && IS(text[at + 7], IN_WORD));
    if (takes_request) at += 7;
    Offset colon = skip_blanks(text, at, size);
    int is_request = 1;
    if (colon < size && text[colon] == ':') {
        Offset annotation = skip_blanks(text, colon + 1, size), end = skip_dotted(text, annotation, size, IN_WORD);
        if (end > annotation) {
            at = end;
            for (is_request = 0; annotation < end && !is_request; annotation++)
                is_request = BEGINS(text, annotation, end, "Request");
        }
    }
    outline->functions += !is_method;
    outline->takers += takes_request && is_request;
    return at;
}

static Offset read_decorator(Text text, Offset at, Offset size, Outline *outline)
{
    if (at + 1 >= size || text[at] != '@' || !IS(text[at + 1], LETTER)) return -1;
    Offset end = skip_dotted(text, at + 1, size, IN_WORD);
    outline->failed |= add_text(outline->decorators, text, at + 1, end) < 0;
    return end;
}

static Offset read_assignment(Text text, Offset line, Offset size, Outline *outline)
{
    Offset end = skip(text, line, size, IN_WORD), call;
    Offset opening = read_assigned(text, end, size, "[(", &call);
    if (opening < 0) return -1;
    outline->failed |= add_text(outline->calls, text, call, opening) < 0;
    Offset last = opening;
    while (last > call && text[last - 1] != '.') last--;
    if ((opening - last == 16 && memcmp(text + last, "declarative_base", 16) == 0) ||
        (opening - last == 12 && memcmp(text + last, "automap_base", 12) == 0))
        outline->failed |= add_text(outline->made, text, line, end) < 0;
    return opening + 1;
}

static Offset read_local(Text text, Offset at, Offset size, Outline *outline)
{
    if (at < size && text[at] == '_') at++;
    if (!BEGINS(text, at, size, "app")) return -1;
    at += 3;
    if (BEGINS(text, at, size, "lication")) at += 8;
    if (at < size && text[at] == '_') at++;
    Offset call, opening = read_assigned(text, at, size, "(", &call);
    if (opening < 0) return -1;
    outline->failed |= add_text(outline->local, text, call, opening) < 0;
    return opening + 1;
}

static Offset read_statement(Text text, Offset line, Offset size, Outline *outline)
{
    Offset at = skip(text, line, size, IN_WORD), parts = 0;
    while (at + 1 < size && text[at] == '.' && IS(text[at + 1], IN_WORD)) {
        at = skip(text, at + 1, size, IN_WORD);
        parts++;
    }
    if (!parts || at >= size || text[at] != '(') return -1;
    outline->failed |= add_text(outline->calls, text, line, at) < 0;
    return at + 1;
}

static Offset read_line(Text text, Offset line, Offset size, Outline *outline)
{
    Offset indent = BEGINS(text, line, size, "    ") ? 4 : text[line] == '\t';
    Offset at = line + indent, end = -1;
    if (at >= size) return -1;
    unsigned char first = text[at];
    if (!indent && first == 'c') end = read_class(text, line, size, outline);
    if (end < 0 && (first == 'd' || first == 'a')) end = read_function(text, at, size, indent > 0, outline);
    if (end < 0 && first == '@') end = read_decorator(text, at, size, outline);
    if (end < 0 && !indent && IS(first, LETTER)) end = read_assignment(text, line, size, outline);
    if (end < 0 && indent && (first == '_' || first == 'a')) end = read_local(text, at, size, outline);
    if (end < 0 && !indent && IS(first, LETTER)) end = read_statement(text, line, size, outline);
    return end;
}

static PyObject *find_outline(PyObject *module, PyObject *source)
{
    (void)module;
    char *data;
    Offset size;
    if (PyBytes_AsStringAndSize(source, &data, &size) < 0) return NULL;
    Text text = (Text)data;
    Outline outline = {PyList_New(0), PyList_New(0), PyList_New(0), PyList_New(0), PyList_New(0), 0, 0, 0};
    outline.failed = !outline.classes || !outline.decorators || !outline.calls || !outline.made || !outline.local;
    Offset line = 0;
    while (line >= 0 && line < size && !outline.failed) {
        Offset end = read_line(text, line, size, &outline);
        line = find_byte(text, end < 0 ? line : end, size, '\n');
        if (line >= 0) line++;
    }
    PyObject *all = outline.failed ? NULL : Py_BuildValue(
        "(OOOllOO)", outline.classes, outline.decorators, outline.calls, outline.functions, outline.takers, outline.made, outline.local);
    Py_XDECREF(outline.classes);
    Py_XDECREF(outline.decorators);
    Py_XDECREF(outline.calls);
    Py_XDECREF(outline.made);
    Py_XDECREF(outline.local);
    return all;
}

static PyMethodDef functions[] = {
    {"find_imports", find_imports, METH_O, "Find the import statements of a text, and those in indented lines."},
    {"find_signs", find_signs, METH_O, "Find what the flags of a text rest on."},
    {"drop_texts", drop_texts, METH_O, "Replace the comments and plain strings of a text by spaces."},
    {"cut_skeleton", cut_skeleton, METH_O, "Cut out the import statements of a text and the heads of the blocks around them."},
    {"find_outline", find_outline, METH_O, "Find the classes, decorators and calls of a text."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "_scanner", "The searches of the scan, compiled.", 0, functions, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC PyInit__scanner(void)
{
    fill_table();
    return PyModuleDef_Init(&definition);
}
