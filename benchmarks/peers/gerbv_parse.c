/* How long gerbv's own library needs to parse each Gerber file.
 *
 *   cc -O2 gerbv_parse.c -o gerbv_parse -l:libgerbv.so.1 -l:libglib-2.0.so.0
 *   gerbv_parse REPEATS < names-of-files      prints "least CPU seconds <tab> name" for each, as soon as it is known
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

int main(int count, char **words) {
    char name[4096];
    int repeats = count > 1 ? atoi(words[1]) : 1;
    g_log_set_default_handler(silence, NULL);
    while (fgets(name, sizeof name, stdin)) {
        double least = 1e9;
        name[strcspn(name, "\n")] = 0;
        for (int i = 0; i < repeats; i++) {
            double taken = parse(name);
            least = taken < least ? taken : least;
        }
        printf("%.6f\t%s\n", least, name);
        fflush(stdout);
    }
    return 0;
}
