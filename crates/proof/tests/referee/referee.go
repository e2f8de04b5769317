// A referee: checks what this crate makes with the transparency log of Go's module mirror
// (golang.org/x/mod/sumdb) and Go's own library, and with nothing of ours.
// Reads one JSON object a line, answers each with a line: `ok`, or why it refuses.
package main

import (
	"bufio"
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type question struct {
	Receipt          []byte   // a receipt, of which log and witness are
	Log, Witness     string   // the verification keys
	Path             []string // a proof of growth
	OldRoot, NewRoot string
	Old, New         int64
	Tiles            []string // the tiles of a growing log
	Secret, Signed   string   // a private key, and a note signed by it
}

// Of type 0x04, which package note does not know.
type witness struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func (w witness) Name() string    { return w.name }
func (w witness) KeyHash() uint32 { return w.hash }
func (w witness) Verify(text, sig []byte) bool {
	if len(sig) != 72 {
		return false
	}
	time := binary.BigEndian.Uint64(sig)
	return ed25519.Verify(w.key, []byte(fmt.Sprintf("cosignature/v1\ntime %d\n%s", time, text)), sig[8:])
}

// Base64 in its one canonical form; Go's decoder by itself skips line ends and stray bits.
func exact(text string) []byte {
	bytes, err := base64.StdEncoding.DecodeString(text)
	check(err == nil && base64.StdEncoding.EncodeToString(bytes) == text, "base64")
	return bytes
}

func hash(text string) (h tlog.Hash) {
	bytes := exact(text)
	check(len(bytes) == 32 && copy(h[:], bytes) == 32, "hash")
	return h
}

func hashes(lines []string) (all []tlog.Hash) {
	for _, line := range lines {
		all = append(all, hash(line))
	}
	return all
}

func number(text string) int64 {
	n, err := strconv.ParseInt(text, 10, 64)
	check(err == nil && n >= 0 && strconv.FormatInt(n, 10) == text, "number")
	return n
}

func check(holds bool, what string) {
	if !holds {
		panic(errors.New(what))
	}
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func keys(q question) note.Verifiers {
	log, err := note.NewVerifier(q.Log)
	must(err)
	parts := strings.SplitN(q.Witness, "+", 3)
	id, err := strconv.ParseUint(parts[1], 16, 32)
	must(err)
	return note.VerifierList(log, witness{parts[0], uint32(id), exact(parts[2])[1:]})
}

func receipt(q question) {
	head, signed, found := strings.Cut(string(q.Receipt), "\n\n")
	lines := strings.Split(head, "\n")
	check(found && len(lines) >= 3 && lines[0] == "c2sp.org/tlog-proof@v1", "form")
	check(strings.HasPrefix(lines[1], "extra ") && strings.HasPrefix(lines[2], "index "), "lines")
	var o struct {
		Leaf      []byte `json:"leaf"`
		Salt      []byte `json:"salt"`
		Payload   []byte `json:"payload"`
		Words     []byte `json:"words,omitempty"`
		WordsSalt []byte `json:"words_salt,omitempty"`
	}
	extra := exact(lines[1][6:])
	must(json.Unmarshal(extra, &o))
	again, err := json.Marshal(o)
	check(err == nil && string(again) == string(extra), "another text of the opening")

	n, err := note.Open([]byte(signed), keys(q))
	must(err)
	sigs := signed[strings.LastIndex(signed, "\n\n")+2:]
	check(strings.Count(sigs, "\n") == len(n.Sigs)+len(n.UnverifiedSigs), "signed twice")
	text := strings.Split(n.Text, "\n")
	check(len(text) == 4, "checkpoint")
	byLog := false
	for _, sig := range append(n.Sigs, n.UnverifiedSigs...) {
		exact(sig.Base64)
	}
	for _, sig := range n.Sigs {
		byLog = byLog || sig.Name == text[0] && strings.HasPrefix(q.Log, sig.Name+"+")
	}
	check(byLog, "not signed by the log it names")
	must(tlog.CheckRecord(hashes(lines[3:]), number(text[1]), hash(text[2]), number(lines[2][6:]), tlog.RecordHash(o.Leaf)))

	commitment := func(salt, bytes []byte) string {
		check(len(salt) == 32, "salt")
		mac := hmac.New(sha256.New, salt)
		mac.Write(bytes)
		return base64.StdEncoding.EncodeToString(mac.Sum(nil))
	}
	var leaf, payload map[string]interface{}
	must(json.Unmarshal(o.Leaf, &leaf))
	check(leaf["c"] == commitment(o.Salt, o.Payload), "payload")
	must(json.Unmarshal(o.Payload, &payload))
	check(o.Words == nil || payload["words"] == commitment(o.WordsSalt, o.Words), "words")
}

func growth(q question) {
	must(tlog.CheckTree(hashes(q.Path), q.New, hash(q.NewRoot), q.Old, hash(q.OldRoot)))
}

func tiles(q question) {
	var all []string
	grown := tlog.NewTiles(8, q.Old, q.New)
	for i, tile := range grown {
		// This version lists each width between the old and the new one; the last is the new one.
		wider := i+1 < len(grown) && grown[i+1].L == tile.L && grown[i+1].N == tile.N
		before := q.Old>>(8*tile.L) - tile.N<<8
		if !wider && before != int64(tile.W) {
			all = append(all, strings.Replace(tile.Path(), "tile/8/", "tile/", 1))
		}
	}
	check(strings.Join(all, " ") == strings.Join(q.Tiles, " "), "tiles")
}

func signed(q question) {
	signer, err := note.NewSigner(q.Secret)
	must(err)
	text := q.Signed[:strings.LastIndex(q.Signed, "\n\n")+1]
	again, err := note.Sign(&note.Note{Text: text}, signer)
	check(err == nil && string(again) == q.Signed, "another note")
}

func answer(line []byte) (said string) {
	defer func() {
		if why := recover(); why != nil {
			said = fmt.Sprintf("refused: %q", fmt.Sprint(why))
		}
	}()
	var q question
	must(json.Unmarshal(line, &q))
	switch {
	case q.Receipt != nil:
		receipt(q)
	case q.Secret != "":
		signed(q)
	case q.NewRoot != "":
		growth(q)
	default:
		tiles(q)
	}
	return "ok"
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 1<<22)
	for in.Scan() {
		fmt.Println(answer(in.Bytes()))
	}
	must(in.Err())
}
