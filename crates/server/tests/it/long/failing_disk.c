/* Test only: a library laid under the server (LD_PRELOAD) that lets calls on files fail.
 * Must not touch a file outside FAILING_FOLDER, nor do anything while FAILING_WHILE is missing.
 *
 * FAILING_FOLDER  the folder whose files fail, a real path
 * FAILING_WHILE   a file; calls count and fail only while it exists. Beside it a file of the same name
 *                 with `.met` is made when the first call fails, and holds the name of what it failed on
 * FAILING_FILE    how the paths of the files end that fail; without it, all of the folder
 * FAILING_CALL    read | write | flush | open | name | hang | lie; `name` is renaming, `hang` a flush that never
 *                 returns, `lie` one that answers well and does nothing
 * FAILING_FROM    the first call that fails, from 1
 * FAILING_TO      the last one
 * FAILING_ERROR   errno, 5 (EIO) or 28 (ENOSPC)
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static atomic_long seen;

static long number(const char *name, long otherwise)
{
    const char *text = getenv(name);
    return text ? atol(text) : otherwise;
}

/* Whether a path ends as those do that fail. */
static int ends(const char *path)
{
    const char *end = getenv("FAILING_FILE");
    size_t length = end ? strlen(end) : 0, whole = strlen(path);
    return length <= whole && strcmp(path + whole - length, end ? end : "") == 0;
}

/* Whether a path lies in the folder, and is of those that fail. */
static int inside(const char *path)
{
    const char *folder = getenv("FAILING_FOLDER");
    size_t length = folder ? strlen(folder) : 0;
    char here[PATH_MAX], whole[2 * PATH_MAX];
    while (strncmp(path, "./", 2) == 0)
        path += 2;
    if (path[0] != '/' && getcwd(here, sizeof here)) {
        snprintf(whole, sizeof whole, "%s/%s", here, path);
        path = whole;
    }
    return length && strncmp(path, folder, length) == 0 && path[length] == '/' && ends(path);
}

/* Says once, by a file, that a call failed, and on what. */
static void say(const char *armed, const char *path)
{
    char name[PATH_MAX];
    snprintf(name, sizeof name, "%s.met", armed);
    long file = syscall(SYS_openat, AT_FDCWD, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (file < 0)
        return;
    syscall(SYS_write, file, path, strlen(path));
    syscall(SYS_close, file);
}

/* Whether this call fails; sets errno. */
static int fails(const char *call, const char *path)
{
    if (!inside(path))
        return 0;
    const char *wanted = getenv("FAILING_CALL"), *armed = getenv("FAILING_WHILE");
    int hangs = wanted && strcmp(wanted, "hang") == 0 && strcmp(call, "flush") == 0;
    if (!wanted || !armed || (!hangs && strcmp(wanted, call) != 0))
        return 0;
    if (syscall(SYS_faccessat, AT_FDCWD, armed, F_OK) != 0)
        return 0;
    long n = atomic_fetch_add(&seen, 1) + 1;
    if (n < number("FAILING_FROM", 1) || n > number("FAILING_TO", LONG_MAX))
        return 0;
    say(armed, path);
    while (hangs)
        pause();
    errno = (int)number("FAILING_ERROR", EIO);
    return 1;
}

static int fails_by_number(const char *call, int file)
{
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0)
        return 0;
    path[length] = 0;
    return fails(call, path);
}

#define REAL(name) \
    static __typeof__(name) *real; \
    if (!real) \
        real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

#define ON_FILE(type, name, call, parameters, arguments) \
    type name parameters \
    { \
        REAL(name); \
        if (fails_by_number(call, file)) \
            return -1; \
        return real arguments; \
    }

ON_FILE(ssize_t, read, "read", (int file, void *bytes, size_t count), (file, bytes, count))
ON_FILE(ssize_t, pread, "read", (int file, void *bytes, size_t count, off_t at), (file, bytes, count, at))
ON_FILE(ssize_t, pread64, "read", (int file, void *bytes, size_t count, off64_t at), (file, bytes, count, at))
ON_FILE(ssize_t, write, "write", (int file, const void *bytes, size_t count), (file, bytes, count))
ON_FILE(ssize_t, pwrite, "write", (int file, const void *bytes, size_t count, off_t at), (file, bytes, count, at))
ON_FILE(ssize_t, pwrite64, "write", (int file, const void *bytes, size_t count, off64_t at), (file, bytes, count, at))
ON_FILE(ssize_t, writev, "write", (int file, const struct iovec *parts, int count), (file, parts, count))
ON_FILE(int, ftruncate, "write", (int file, off_t size), (file, size))
ON_FILE(int, ftruncate64, "write", (int file, off64_t size), (file, size))
#define FLUSH(name) \
    int name(int file) \
    { \
        REAL(name); \
        if (fails_by_number("flush", file)) \
            return -1; \
        return fails_by_number("lie", file) ? 0 : real(file); \
    }

FLUSH(fsync)
FLUSH(fdatasync)

int rename(const char *from, const char *to)
{
    REAL(rename);
    if (fails("name", to))
        return -1;
    return real(from, to);
}

#define OPEN(name) \
    int name(const char *path, int flags, ...) \
    { \
        REAL(name); \
        va_list rest; \
        va_start(rest, flags); \
        mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; \
        va_end(rest); \
        if (fails("open", path)) \
            return -1; \
        return real(path, flags, mode); \
    }

OPEN(open)
OPEN(open64)
