/* How long gerbv's own library needs for each Gerber file, twice: its parser alone on an opened file, and opening a
 * file as its users do, which looks at what kind of file it is before it parses. Ours does that too.
 *
 *   cc -O2 gerbv_parse.c -o gerbv_parse -l:libgerbv.so.1 -l:libglib-2.0.so.0
 *   gerbv_parse REPEATS < names-of-files      prints "least CPU seconds, parser <tab> opening" as soon as known
 *
 * Declared by hand: the two libraries are wanted, not the headers of GTK. Its complaints about files are thrown
 * away unprinted, which is kind to gerbv.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct {
    FILE *file;
    int number;
    char *data;
    int length;
    int at;
    char *name;
} gerb_file_t;

gerb_file_t *gerb_fopen(const char *name);
void gerb_fclose(gerb_file_t *file);
void *parse_gerb(gerb_file_t *file, char *folder);
void gerbv_destroy_image(void *image);
void *gerbv_create_project(void);
void gerbv_open_layer_from_filename(void *project, const char *name);
void gerbv_unload_all_layers(void *project);
void *g_log_set_default_handler(void (*handler)(const char *, int, const char *, void *), void *data);
char *g_strdup(const char *text);

static void silence(const char *domain, int level, const char *message, void *data) {
    (void)domain, (void)level, (void)message, (void)data;
}

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return now.tv_sec + now.tv_nsec / 1e9;
}

static double parse(const char *name) {
    double started = seconds(), taken;
    gerb_file_t *file = gerb_fopen(name);
    if (!file) return -1;
    file->name = g_strdup(name); /* gerb_fopen leaves it unset, and complaints quote it */
    void *image = parse_gerb(file, "/");
    taken = seconds() - started;
    gerb_fclose(file);
    gerbv_destroy_image(image);
    return taken;
}

static double open_layer(void *project, const char *name) {
    double started = seconds(), taken;
    gerbv_open_layer_from_filename(project, name);
    taken = seconds() - started;
    gerbv_unload_all_layers(project);
    return taken;
}

int main(int count, char **words) {
    char name[4096];
    int repeats = count > 1 ? atoi(words[1]) : 1;
    g_log_set_default_handler(silence, NULL);
    void *project = gerbv_create_project();
    while (fgets(name, sizeof name, stdin)) {
        double parser = 1e9, opening = 1e9, taken;
        name[strcspn(name, "\n")] = 0;
        for (int i = 0; i < repeats; i++) {
            taken = parse(name);
            parser = taken < parser ? taken : parser;
            taken = open_layer(project, name);
            opening = taken < opening ? taken : opening;
        }
        printf("%.6f\t%.6f\n", parser, opening);
        fflush(stdout);
    }
    return 0;
}
