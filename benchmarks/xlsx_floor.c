/* The least that reading a workbook can cost on one core: inflate the first sheet and the shared strings, walk the cells
   once, leave a number or the place of a text for each cell in an array for each column. No entities, no styles, no dates.

   Prints cells, and CPU milliseconds of one pass: the median of so many. Usage: xlsx_floor FILE PASSES */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <zlib.h>

#define COLUMNS 512
typedef struct { char *bytes; size_t length; } Text;
typedef struct { double *cells; size_t count, room; } Column;

static uint32_t number(const unsigned char *at, int bytes) {
    uint32_t made = 0;
    while (bytes--) made = made << 8 | at[bytes];
    return made;
}

/* One part of the zip by the end of its name, inflated. */
static Text part(const unsigned char *file, size_t length, const char *name) {
    Text made = {0};
    size_t end = length - 22;
    while (end && number(file + end, 4) != 0x06054b50) end--;
    const unsigned char *at = file + number(file + end + 16, 4);
    for (int left = number(file + end + 10, 2); left--; at += 46 + number(at + 28, 2) + number(at + 30, 2) + number(at + 32, 2)) {
        uint32_t letters = number(at + 28, 2);
        if (letters < strlen(name) || memcmp(at + 46 + letters - strlen(name), name, strlen(name))) continue;
        const unsigned char *local = file + number(at + 42, 4);
        z_stream stream = {0};
        made.length = number(at + 24, 4);
        made.bytes = malloc(made.length + 1);
        stream.next_in = (unsigned char *)local + 30 + number(local + 26, 2) + number(local + 28, 2);
        stream.avail_in = number(at + 20, 4);
        stream.next_out = (unsigned char *)made.bytes;
        stream.avail_out = made.length;
        if (number(at + 10, 2) == 0) memcpy(made.bytes, stream.next_in, made.length);
        else if (inflateInit2(&stream, -15) != Z_OK || inflate(&stream, Z_FINISH) != Z_STREAM_END) exit(2);
        else inflateEnd(&stream);
        made.bytes[made.length] = 0;
        return made;
    }
    return made;
}

static void keep(Column *column, double value) {
    if (column->count == column->room)
        column->cells = realloc(column->cells, (column->room = column->room ? column->room * 2 : 1024) * sizeof(double));
    column->cells[column->count++] = value;
}

/* Every cell into its column; a text as its place in the sheet or its number among the shared strings. */
static size_t cells(Text sheet, Column *columns) {
    size_t found = 0;
    char *at = sheet.bytes, *end = sheet.bytes + sheet.length;
    while ((at = memchr(at, '<', end - at))) {
        if (at[1] != 'c' || at[2] != ' ') { at++; continue; }
        char *name = strchr(at, '"'), *close = memchr(at, '>', end - at);
        int column = 0;
        while (*++name >= 'A') column = column * 26 + *name - 'A' + 1;
        at = close + 1;
        if (close[-1] == '/' || column >= COLUMNS) continue;
        double value = at[1] == 'v' ? strtod(at + 3, &at) : (double)(at - sheet.bytes);
        keep(columns + column, value);
        found++;
    }
    return found;
}

/* Where each shared string begins. */
static void strings(Text shared, Column *places) {
    char *at = shared.bytes, *end = shared.bytes + shared.length;
    while (at && (at = memchr(at, '<', end - at))) {
        if (at[1] == 's' && at[2] == 'i') keep(places, (double)(at - shared.bytes));
        at++;
    }
}

static size_t pass(const unsigned char *file, size_t length) {
    Column columns[COLUMNS] = {0}, places = {0};
    Text sheet = part(file, length, "worksheets/sheet1.xml"), shared = part(file, length, "sharedStrings.xml");
    size_t found = cells(sheet, columns);
    strings(shared, &places);
    for (int at = 0; at < COLUMNS; at++) free(columns[at].cells);
    free(places.cells), free(sheet.bytes), free(shared.bytes);
    return found;
}

static int smaller(const void *a, const void *b) { return *(double *)a < *(double *)b ? -1 : 1; }

int main(int count, char **words) {
    if (count < 3) return 1;
    FILE *source = fopen(words[1], "rb");
    if (!source) return 1;
    fseek(source, 0, SEEK_END);
    size_t length = ftell(source), found = 0;
    rewind(source);
    unsigned char *file = malloc(length);
    if (fread(file, 1, length, source) != length) return 1;
    int passes = atoi(words[2]);
    double *taken = malloc(passes * sizeof(double));
    for (int at = 0; at < passes; at++) {
        clock_t begun = clock();
        found = pass(file, length);
        taken[at] = (clock() - begun) * 1e3 / CLOCKS_PER_SEC;
    }
    qsort(taken, passes, sizeof(double), smaller);
    printf("%zu %.4f\n", found, taken[passes / 2]);
    return 0;
}
