/* Test only: ends a mounted file system at once when a byte comes, as a power cut does. What was not
 * flushed by then never reaches the disk, and every call on it fails until it is mounted again. Must not
 * be given a file system that anybody needs.
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* EXT4_IOC_SHUTDOWN and XFS_IOC_GOINGDOWN are one number. */
#define GO_DOWN 0x8004587d
/* Not even the journal is flushed. */
#define WITHOUT_A_FLUSH 2

int main(int count, char **arguments)
{
    uint32_t how = WITHOUT_A_FLUSH;
    char byte;
    int folder = count == 2 ? open(arguments[1], O_RDONLY | O_DIRECTORY) : -1;
    if (folder < 0 || read(STDIN_FILENO, &byte, 1) != 1 || ioctl(folder, GO_DOWN, &how) != 0) {
        perror("cut_power");
        return 1;
    }
    return 0;
}
